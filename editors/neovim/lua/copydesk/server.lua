-- The language server: how it is started and asked. What differs between versions of Neovim is here and in health.lua.
local M = {}

local uv = vim.uv or vim.loop
local is_new = vim.fn.has('nvim-0.11') == 1 -- has vim.lsp.config

-- What `setup` was given before Neovim 0.11; later Neovim keeps it itself.
local options = {}
local config

-- The program, if it was looked for and cannot be run. Kept, because a status line asks ten times a second.
local missing

-- Drafts for which the server starts: Neovim does not list it before it has answered for the first time.
local starting = {}

--- Says something to the writer.
---@param text string
---@param level integer|nil one of vim.log.levels, INFO without one
function M.say(text, level)
  vim.notify('copydesk: ' .. text, level or vim.log.levels.INFO)
end

function M.warn(text)
  M.say(text, vim.log.levels.WARN)
end

--- The folder or the nearest one above it for which `found` gives something, and what it gives.
---@param folder string
---@param found fun(folder: string): any
function M.upward(folder, found)
  while true do
    local got = found(folder)
    local above = vim.fn.fnamemodify(folder, ':h')
    if got or above == folder then
      return got and folder or nil, got
    end
    folder = above
  end
end

---@return boolean
function M.exists(path, kind)
  local stat = uv.fs_stat(path)
  return stat ~= nil and (kind == nil or stat.type == kind)
end

--- How the program is run, as configured.
function M.config()
  if is_new then
    return vim.lsp.config.copydesk
  end
  if not config then
    config = vim.deepcopy(options)
    for _, file in ipairs(vim.api.nvim_get_runtime_file('lsp/copydesk.lua', true)) do
      config = vim.tbl_deep_extend('keep', config, dofile(file))
    end
  end
  return config
end

function M.configure(changes)
  if is_new then
    vim.lsp.config('copydesk', changes)
  else
    options, config = vim.tbl_deep_extend('force', options, changes), nil
  end
  M.enable()
end

--- Starts the server for the drafts that are open; for others it starts as they are opened.
function M.enable()
  if is_new then
    vim.lsp.enable('copydesk')
  end
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) then
      M.opened(bufnr)
    end
  end
end

--- The program's name or path; nil if it is started by a function of the configuration.
---@return string|nil
function M.program()
  local cmd = M.config().cmd
  return type(cmd) == 'table' and cmd[1] or nil
end

---@return boolean
function M.is_draft(bufnr)
  return vim.bo[bufnr].buftype == '' and vim.tbl_contains(M.config().filetypes, vim.bo[bufnr].filetype)
end

---@return string|nil
function M.missing()
  return missing
end

---@return boolean
function M.is_starting(bufnr)
  return starting[bufnr] == true
end

--- A server is gone, perhaps before it answered.
function M.ended()
  starting = {}
end

local function is_ours(client)
  return client.name == 'copydesk'
end

--- All servers that run, or those of a buffer.
function M.clients(bufnr)
  if vim.lsp.get_clients then
    return vim.lsp.get_clients({ name = 'copydesk', bufnr = bufnr })
  end
  local clients = bufnr and vim.lsp.buf_get_clients(bufnr) or vim.lsp.get_active_clients()
  return vim.tbl_filter(is_ours, vim.tbl_values(clients))
end

-- As vim.lsp.enable does it from 0.11 on.
local function start(bufnr)
  local root = M.upward(vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':p:h'), function(folder)
    for _, marker in ipairs(M.config().root_markers) do
      if M.exists(folder .. '/' .. marker) then
        return true
      end
    end
  end)
  local id
  for _, client in ipairs(M.clients()) do
    if client.config.root_dir == root then
      id = client.id
    end
  end
  if not id then
    local capabilities = vim.tbl_deep_extend('force', vim.lsp.protocol.make_client_capabilities(), M.config().capabilities)
    local started = { name = 'copydesk', root_dir = root, capabilities = capabilities }
    id = vim.lsp.start_client(vim.tbl_extend('force', M.config(), started))
  end
  if id then
    vim.lsp.buf_attach_client(bufnr, id)
  end
end

--- A buffer has got its file type. Neovim itself is silent about a server that is not installed, and an unchecked draft looks like one
--- without faults.
function M.opened(bufnr)
  if not M.is_draft(bufnr) then
    return
  end
  local program = M.program()
  missing = program and vim.fn.executable(program) == 0 and program or nil
  starting[bufnr] = missing == nil
  if missing then
    local text = 'copydesk: drafts are not checked: %s cannot be run; see :checkhealth copydesk'
    vim.notify_once(text:format(missing), vim.log.levels.WARN)
  elseif not is_new then
    start(bufnr)
  end
end

--- Why a buffer is not checked, as a sentence.
---@return string
function M.why_not(bufnr)
  if not M.is_draft(bufnr) then
    local kind = vim.bo[bufnr].filetype
    return ('this is no draft: %s are checked, not %s'):format(
      table.concat(M.config().filetypes, ', '),
      kind == '' and 'files without a type' or kind
    )
  elseif missing then
    return ('this draft is not checked: %s cannot be run; see :checkhealth copydesk'):format(missing)
  end
  return 'this draft is not checked: the server is not running; see :checkhealth copydesk'
end

--- Which of the commands of the server the program that runs has.
---@return boolean
function M.provides(client, command)
  local provider = client.server_capabilities.executeCommandProvider
  return vim.tbl_contains(provider and provider.commands or {}, command)
end

--- Has the server carry out a command about a draft, and hands on what it answers. If it cannot, the writer is told.
---@param bufnr integer
---@param command string
---@param argument table what it is to know beside the draft
---@param answered fun(result: any, client: table)
function M.execute(bufnr, command, argument, answered)
  local client = M.clients(bufnr)[1]
  if not client then
    M.warn(M.why_not(bufnr))
    return
  end
  if not M.provides(client, command) then
    M.warn('the program that runs is too old for this: it has no command ' .. command)
    return
  end
  argument.uri = vim.uri_from_bufnr(bufnr)
  local params = { command = command, arguments = { argument } }
  local function handler(problem, result)
    if problem then
      M.say(problem.message or vim.inspect(problem), vim.log.levels.ERROR)
    else
      answered(result, client)
    end
  end
  if is_new then
    client:request('workspace/executeCommand', params, handler, bufnr)
  else
    client.request('workspace/executeCommand', params, handler, bufnr)
  end
end

return M
