-- :checkhealth copydesk
local server = require('copydesk.server')

local M = {}

-- Neovim 0.10 dropped the longer names.
local health = vim.health or require('health')
local function say(kind)
  return health[kind] or health['report_' .. kind]
end
local start, ok, info, warn, err = say('start'), say('ok'), say('info'), say('warn'), say('error')

local function check_program()
  local name = server.program()
  if not name then
    info('The program is started by a function of your configuration')
    return
  end
  local path = vim.fn.exepath(name)
  if path == '' then
    local configure = vim.lsp.config and "vim.lsp.config('copydesk', { cmd" or "require('copydesk').setup({ cmd"
    err(('%s cannot be run'):format(name), {
      'Install copydesk and put it on the PATH,',
      ("or say where it is: %s = { '/path/to/copydesk', 'lsp' } })"):format(configure),
    })
    return
  end
  local said = vim.trim(vim.fn.system({ path, '--version' }))
  if vim.v.shell_error == 0 then
    ok(('%s: %s'):format(said, path))
  else
    err(('%s does not run: %s'):format(path, said))
  end
end

local COMMANDS = { 'accept', 'check', 'claims', 'facts', 'report' }

local function check_client(client)
  local root = client.config.root_dir or 'no folder'
  local drafts = vim.tbl_filter(function(bufnr)
    return vim.lsp.buf_is_attached(bufnr, client.id)
  end, vim.api.nvim_list_bufs())
  ok(('Running for %d %s in %s'):format(#drafts, #drafts == 1 and 'draft' or 'drafts', root))
  for _, bufnr in ipairs(drafts) do
    local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':t')
    local lines = require('copydesk.status').lines(bufnr)
    local tell = #lines > 1 and warn or info -- behind the first line are problems
    tell(('%s: %s'):format(name, table.concat(lines, '\n')))
  end
  local lacking = vim.tbl_filter(function(name)
    return not server.provides(client, 'copydesk.' .. name)
  end, COMMANDS)
  if #lacking > 0 then
    info('This program is too old for :Copydesk ' .. table.concat(lacking, ', '))
  end
end

function M.check()
  start('copydesk')
  if vim.lsp.is_enabled and not vim.lsp.is_enabled('copydesk') then
    warn("Not enabled: vim.lsp.enable('copydesk')")
  end
  check_program()
  local clients = server.clients()
  if #clients == 0 then
    info('Not running. It starts when a draft is opened: ' .. table.concat(server.config().filetypes, ', '))
  end
  for _, client in ipairs(clients) do
    check_client(client)
  end
end

return M
