-- Lets a finding stand, in the ledger beside the draft.
local server = require('copydesk.server')

local M = {}

-- The weightiest finding at a place of the current buffer.
local function finding_at(row, column)
  local found
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local starts = d.lnum < row or d.lnum == row and d.col <= column
    local ends = d.end_lnum > row or d.end_lnum == row and d.end_col > column
    if d.source == 'copydesk' and starts and ends and not (found and found.severity <= d.severity) then
      found = d
    end
  end
  return found
end

local function range_of(finding, client)
  local function position(line, column)
    return { line = line, character = vim.lsp.util.character_offset(0, line, column, client.offset_encoding) }
  end
  return { start = position(finding.lnum, finding.col), ['end'] = position(finding.end_lnum, finding.end_col) }
end

--- Accepts the finding under the cursor.
---@param bufnr integer the current buffer
---@param reason string asked for if empty
function M.accept(bufnr, reason)
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local finding = finding_at(row - 1, column)
  local client = server.clients(bufnr)[1]
  if not client then
    server.warn(server.why_not(bufnr))
    return
  elseif not finding then
    server.warn('there is no finding under the cursor')
    return
  end
  local code = finding.code or finding.user_data.lsp.code
  local argument = { range = range_of(finding, client), code = code }
  local function accept(given)
    argument.reason = given ~= '' and given or nil
    server.execute(bufnr, 'copydesk.accept', argument, function() end)
  end
  if reason ~= '' then
    accept(reason)
    return
  end
  vim.ui.input({ prompt = 'Why does it stand? (Enter for no reason) ' }, function(given)
    if given then
      accept(vim.trim(given))
    end
  end)
end

return M
