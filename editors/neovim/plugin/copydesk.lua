if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('copydesk: this plugin needs Neovim 0.11; its help says how to use an older one', vim.log.levels.WARN)
  return
end

vim.lsp.enable('copydesk')

-- Neovim itself is silent about a server that is not installed, and an unchecked draft looks like one without faults.
vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('copydesk', {}),
  pattern = vim.lsp.config.copydesk.filetypes,
  desc = 'Say so when the program copydesk is missing',
  callback = function()
    local cmd = vim.lsp.config.copydesk.cmd
    if type(cmd) == 'table' and vim.fn.executable(cmd[1]) == 0 then
      vim.notify_once(('copydesk: drafts are not checked: %s cannot be run; see :checkhealth copydesk'):format(cmd[1]), vim.log.levels.WARN)
    end
  end,
})
