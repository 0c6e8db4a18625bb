local M = {}

--- Changes how the program is run; `options` as in lsp/copydesk.lua. Without a call the plugin runs as that file says.
---@param options table|nil
function M.setup(options)
  require('copydesk.server').configure(options or {})
end

--- How a draft stands, for a status line: "copydesk 9 ok 1 contradicted 2 open". Empty where nothing is checked.
---@param bufnr integer|nil the current buffer without one
---@return string
function M.status(bufnr)
  return require('copydesk.status').text(bufnr)
end

return M
