-- How Neovim runs copydesk. To change a part of it: vim.lsp.config('copydesk', { cmd = { '/opt/copydesk', 'lsp' } })
-- before Neovim 0.11: require('copydesk').setup({ cmd = { '/opt/copydesk', 'lsp' } })
---@type vim.lsp.Config
return {
  cmd = { 'copydesk', 'lsp' },
  filetypes = { 'markdown', 'text', 'tex', 'plaintex', 'html', 'asciidoc', 'rst', 'org', 'typst', 'mail', 'gitcommit' },
  root_markers = { 'copydesk.toml', 'sources', '.git' },
  -- Neovim carries out commands of servers without saying so; only who says so is offered to accept a finding.
  capabilities = {
    workspace = { executeCommand = { dynamicRegistration = false } },
    experimental = { copydeskStatus = true },
  },
  handlers = {
    ['copydesk/status'] = function(...)
      require('copydesk.status').told(...)
    end,
  },
  on_exit = function(_, _, client)
    require('copydesk.status').ended(client)
  end,
}
