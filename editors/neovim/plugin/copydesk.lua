if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true

if vim.fn.has('nvim-0.7') == 0 then
  vim.notify('copydesk: this plugin needs Neovim 0.7 or newer', vim.log.levels.WARN)
  return
end

vim.api.nvim_create_user_command('Copydesk', function(call)
  require('copydesk.commands').run(call)
end, {
  nargs = '*',
  complete = function(...)
    return require('copydesk.commands').complete(...)
  end,
  desc = 'Check this draft against its sources',
})

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('copydesk', {}),
  desc = 'Check drafts, and say so when the program copydesk is missing',
  callback = function(args)
    require('copydesk.server').opened(args.buf)
  end,
})

require('copydesk.server').enable()
