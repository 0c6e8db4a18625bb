-- How drafts stand, as the server tells it.
local server = require('copydesk.server')

local M = {}

-- The latest state of each draft, by the number of the server and the draft's address.
local latest = {}

local COUNTS = {
  { 'supported', 'ok', 'supported' },
  { 'refuted', 'contradicted', 'contradicted' },
  { 'conflicting', 'conflicting', 'conflicting' },
  { 'not-enough-info', 'open', 'not in the sources' },
}

-- In a status line, and as a sentence.
local STATES = {
  reading = { 'reading sources', 'the sources are being read' },
  checking = { 'checking', 'this draft is being checked' },
  ['no-sources'] = { 'no sources', 'there are no sources; :Copydesk add keeps an article among them' },
  failed = { 'not checked', 'this draft could not be checked; :Copydesk log may say why' },
}

--- Takes what the server tells by `copydesk/status`.
function M.told(_, status, context)
  latest[context.client_id] = latest[context.client_id] or {}
  latest[context.client_id][status.uri] = status
  M.changed()
end

--- A server is gone.
function M.ended(client)
  latest[client] = nil
  server.ended()
  vim.schedule(M.changed)
end

function M.changed()
  vim.cmd('redrawstatus!')
  if vim.fn.exists('#User#CopydeskStatus') == 1 then
    vim.cmd('doautocmd <nomodeline> User CopydeskStatus')
  end
end

--- What was told last of a buffer, and the server that told it.
function M.of(bufnr)
  local client = server.clients(bufnr)[1]
  return client and (latest[client.id] or {})[vim.uri_from_bufnr(bufnr)], client
end

local function counts(summary, word, between)
  local parts = {}
  for _, count in ipairs(COUNTS) do
    if (summary[count[1]] or 0) > 0 then
      table.insert(parts, summary[count[1]] .. ' ' .. count[word])
    end
  end
  local told = #parts > 0 and table.concat(parts, between) or 'nothing to check'
  -- Those that a writer lets stand are among the others.
  local accepted = summary['signed-off'] or 0
  return accepted > 0 and ('%s (%d accepted)'):format(told, accepted) or told
end

local function number(count, one, many)
  return count .. ' ' .. (count == 1 and one or many)
end

--- For a status line.
---@return string
function M.text(bufnr)
  bufnr = (bufnr == nil or bufnr == 0) and vim.api.nvim_get_current_buf() or bufnr
  if not server.is_draft(bufnr) then
    return ''
  end
  local status, client = M.of(bufnr)
  if not client then
    return 'copydesk ' .. (server.missing() and 'not found' or server.is_starting(bufnr) and 'starting' or 'not running')
  elseif not status then
    return server.provides(client, 'copydesk.claims') and 'copydesk starting' or 'copydesk'
  elseif not status.summary then
    return 'copydesk ' .. (STATES[status.state] or { status.state })[1]
  end
  local problems = #status.problems > 0 and ' ' .. number(#status.problems, 'problem', 'problems') or ''
  return 'copydesk ' .. counts(status.summary, 2, ' ') .. problems
end

--- As lines: the counts or why there are none, and what is wrong with the sources.
---@return string[]
function M.lines(bufnr)
  local status, client = M.of(bufnr)
  if not client then
    return { server.why_not(bufnr) }
  elseif not status then
    return { 'nothing is known of this draft yet' }
  end
  local first = status.message or (STATES[status.state] or { nil, status.state })[2]
  if status.summary then
    first = ('%s, held against %s'):format(counts(status.summary, 3, ' · '), number(status.sources, 'source', 'sources'))
  end
  local lines = { first }
  for _, problem in ipairs(status.problems) do
    table.insert(lines, problem)
  end
  return lines
end

return M
