-- What the server writes as a page: the report on a draft, and the fact sheet of its sources.
local server = require('copydesk.server')

local M = {}

local function program_of_browser()
  local names = vim.split(vim.env.BROWSER or '', ':', { plain = true })
  for _, name in ipairs(vim.list_extend(names, { 'xdg-open', 'open' })) do
    if name ~= '' and vim.fn.executable(name) == 1 then
      return name
    end
  end
end

local function open(path)
  if vim.ui.open then
    local started, _, problem = pcall(vim.ui.open, path)
    if started and not problem then
      return true
    end
  end
  local browser = program_of_browser()
  return browser ~= nil and vim.fn.jobstart({ browser, path }, { detach = true }) > 0
end

--- Has the server write a page, and shows it in the browser. It lies in Neovim's temporary folder and goes with Neovim.
---@param bufnr integer
---@param kind string the command of the server, behind "copydesk."
---@param name string
function M.show(bufnr, kind, name)
  server.execute(bufnr, 'copydesk.' .. kind, {}, function(html)
    if type(html) ~= 'string' then
      server.warn(table.concat(require('copydesk.status').lines(bufnr), '\n'))
      return
    end
    local draft = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':t:r')
    local path = ('%s/%s-%s.html'):format(vim.fn.fnamemodify(vim.fn.tempname(), ':h'), draft == '' and 'draft' or draft, kind)
    vim.fn.writefile(vim.split(html, '\n', { plain = true }), path, 'b')
    local opened = open(path) and '' or '; no browser was found to show it'
    server.say(('the %s is %s%s'):format(name, path, opened))
  end)
end

return M
