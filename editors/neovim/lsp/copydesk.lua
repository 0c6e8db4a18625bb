-- How Neovim runs copydesk. To change a part of it: vim.lsp.config('copydesk', { cmd = { '/opt/copydesk', 'lsp' } })
---@type vim.lsp.Config
return {
  cmd = { 'copydesk', 'lsp' },
  filetypes = { 'markdown', 'text', 'tex', 'plaintex', 'html', 'asciidoc', 'rst', 'org', 'typst', 'mail', 'gitcommit' },
  root_markers = { 'copydesk.toml', 'sources', '.git' },
}
