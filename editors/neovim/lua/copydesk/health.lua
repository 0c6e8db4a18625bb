-- :checkhealth copydesk
local M = {}

local function check_program(config)
  if type(config.cmd) ~= 'table' then
    vim.health.info('The program is started by a function of your configuration')
    return
  end
  local name = config.cmd[1]
  local path = vim.fn.exepath(name)
  if path == '' then
    vim.health.error(('%s cannot be run'):format(name), {
      'Install copydesk and put it on the PATH,',
      "or say where it is: vim.lsp.config('copydesk', { cmd = { '/path/to/copydesk', 'lsp' } })",
    })
    return
  end
  local started, result = pcall(function()
    return vim.system({ path, '--version' }, { text = true, timeout = 20000 }):wait()
  end)
  if started and result.code == 0 then
    vim.health.ok(('%s: %s'):format(vim.trim(result.stdout), path))
  else
    vim.health.error(('%s does not run: %s'):format(path, started and vim.trim(result.stderr) or result))
  end
end

local function check_clients(config)
  local clients = vim.lsp.get_clients({ name = 'copydesk' })
  if #clients == 0 then
    vim.health.info('Not running. It starts when a draft is opened: ' .. table.concat(config.filetypes, ', '))
  end
  for _, client in ipairs(clients) do
    vim.health.ok(('Running for %d drafts in %s'):format(vim.tbl_count(client.attached_buffers), client.root_dir or 'no folder'))
  end
end

function M.check()
  vim.health.start('copydesk')
  if vim.fn.has('nvim-0.11') == 0 then
    vim.health.error('This plugin needs Neovim 0.11 or newer', { 'See :help copydesk-older' })
    return
  end
  local config = vim.lsp.config.copydesk
  if not vim.lsp.is_enabled('copydesk') then
    vim.health.warn("Not enabled: vim.lsp.enable('copydesk')")
  end
  check_program(config)
  check_clients(config)
end

return M
