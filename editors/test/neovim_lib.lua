-- What the tests in Neovim share, from 0.7 on: where things are in the example, and waiting for them.
local M = {
  limit = 120000, -- ms: a loaded machine is slow, and nothing waits longer than it must
  failed = 0,
}

local folder = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
M.expected = vim.fn.json_decode(table.concat(vim.fn.readfile(folder .. '/example.json'), '\n'))

-- Runs a case of the test and says how it went.
function M.check(name, run)
  local ok, problem = xpcall(run, debug.traceback)
  io.stdout:write((ok and 'ok' or 'not ok') .. ' ' .. M.editor .. ': ' .. name .. '\n')
  if not ok then
    M.failed = M.failed + 1
    M.limit = 10000 -- what builds upon it will fail as well
    io.stdout:write('  ' .. tostring(problem):gsub('\n', '\n  ') .. '\n')
  end
end

function M.finish()
  os.exit(M.failed == 0 and 0 or 1)
end

-- Waits for `get` to give something true, and gives it.
function M.wait_for(what, get)
  local got
  vim.wait(M.limit, function()
    got = get()
    return got
  end, 20)
  return got or error('no ' .. what .. ' within ' .. M.limit / 1000 .. ' s', 2)
end

-- Letters and digits alone: a sentence is the same whatever Markdown, line breaks or bold type are put around it.
local function bare(text)
  return (text:gsub('[%s%p]+', ''))
end

function M.contains(text, part)
  assert(bare(text):find(bare(part), 1, true), ('no "%s" in:\n%s'):format(part, text))
end

-- Opens a draft when there is no program, and sees that it is said.
function M.without_program()
  local said = {}
  vim.notify_once = function(message)
    table.insert(said, message)
  end
  require('copydesk').setup({ cmd = { 'no-such-copydesk', 'lsp' } })
  vim.cmd('silent edit other.md')
  M.contains(table.concat(said, '\n'), 'no-such-copydesk')
  assert(require('copydesk').status() == 'copydesk not found', require('copydesk').status())
end

function M.lines(bufnr)
  return vim.api.nvim_buf_get_lines(bufnr or 0, 0, -1, true)
end

function M.text(bufnr)
  return table.concat(M.lines(bufnr), '\n')
end

-- Row (0-based) and byte column of a text that the draft has once.
function M.place_of(text)
  for row, line in ipairs(M.lines()) do
    local column = line:find(text, 1, true)
    if column then
      return row - 1, column - 1
    end
  end
end

function M.diagnostic_at(text)
  local row, column = M.place_of(text)
  for _, d in ipairs(row and vim.diagnostic.get(0, { lnum = row }) or {}) do
    if d.source == 'copydesk' and d.col < column + #text and d.end_col > column then
      return d
    end
  end
end

function M.go_to(text)
  local row, column = M.place_of(text)
  vim.api.nvim_win_set_cursor(0, { row + 1, column })
end

function M.hover_at(text)
  M.go_to(text)
  vim.lsp.buf.hover()
  local window = M.wait_for('hover', function()
    return vim.b.lsp_floating_preview
  end)
  local shown = M.text(vim.api.nvim_win_get_buf(window))
  vim.api.nvim_win_close(window, true)
  vim.b.lsp_floating_preview = nil
  return shown
end

-- Takes what is said to the writer while `run` runs, instead of showing it. `run` gets a function that waits for a part of it.
function M.said(run)
  local notify, all = vim.notify, {}
  vim.notify = function(message)
    table.insert(all, message)
  end
  local ok, problem = xpcall(run, debug.traceback, function(part)
    M.wait_for(('word of "%s"'):format(part), function()
      return table.concat(all, '\n'):find(part, 1, true)
    end)
  end)
  vim.notify = notify
  assert(ok, tostring(problem) .. '\nsaid: ' .. table.concat(all, '\n'))
  return table.concat(all, '\n')
end

-- The quickfix list that a command makes.
function M.quickfix_of(command)
  vim.fn.setqflist({}, 'f')
  vim.cmd(command)
  M.wait_for('quickfix list', function()
    return vim.fn.getqflist({ title = 0 }).title:find('copydesk', 1, true)
  end)
  local items = vim.fn.getqflist()
  vim.cmd('cclose')
  return items
end

-- The entry of a list whose text has a part.
function M.entry(items, part)
  for _, item in ipairs(items) do
    if item.text:find(part, 1, true) then
      return item
    end
  end
  error(('no "%s" in %s'):format(part, vim.inspect(items)), 2)
end

return M
