-- The command :Copydesk.
local server = require('copydesk.server')

local M = {}

local function check(bufnr)
  server.execute(bufnr, 'copydesk.check', {}, function() end)
end

local function log()
  local file = vim.lsp.log and vim.lsp.log.get_filename and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  vim.cmd('split ' .. vim.fn.fnameescape(file))
  vim.cmd('normal! G')
end

local function status(bufnr)
  server.say(table.concat(require('copydesk.status').lines(bufnr), '\n'))
end

-- Each gets the buffer, the words behind it, and all of them as they were typed.
local COMMANDS = {
  accept = function(bufnr, _, reason)
    require('copydesk.accept').accept(bufnr, reason)
  end,
  add = function(bufnr, words)
    require('copydesk.add').add(bufnr, words)
  end,
  check = check,
  claims = function(bufnr, words)
    require('copydesk.claims').list(bufnr, words[1])
  end,
  evidence = function(bufnr)
    require('copydesk.claims').evidence(bufnr)
  end,
  facts = function(bufnr)
    require('copydesk.page').show(bufnr, 'facts', 'fact sheet')
  end,
  log = log,
  report = function(bufnr)
    require('copydesk.page').show(bufnr, 'report', 'report')
  end,
}

local function names()
  local all = vim.tbl_keys(COMMANDS)
  table.sort(all)
  return all
end

function M.run(call)
  local bufnr = vim.api.nvim_get_current_buf()
  local words = vim.list_extend({}, call.fargs)
  local name = table.remove(words, 1)
  if not name then
    status(bufnr)
  elseif COMMANDS[name] then
    COMMANDS[name](bufnr, words, vim.trim(call.args:sub(#name + 1)))
  else
    server.warn(("there is no ':Copydesk %s'; there are %s"):format(name, table.concat(names(), ', ')))
  end
end

function M.complete(lead, line)
  local before = vim.trim(line:sub(1, #line - #lead)):gsub('^.-Copydesk%s*', '')
  local words = {}
  if before == '' then
    words = names()
  elseif before == 'claims' then
    words = require('copydesk.claims').FILTERS
  elseif before:find('^add') then
    return vim.fn.getcompletion(lead, 'file')
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, lead)
  end, words)
end

return M
