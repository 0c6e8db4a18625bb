-- Keeps a readable copy of an article among the sources of a draft.
local server = require('copydesk.server')

local M = {}

local function is_address(text)
  return text:find('^%a[%w+.-]*://') ~= nil
end

-- The folder of sources that the draft has, and the one that it could have. The server looks no further up than this either.
local function folder_for(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  local beside = name == '' and vim.fn.getcwd() or vim.fn.fnamemodify(name, ':p:h')
  local client = server.clients(bufnr)[1]
  local root = client and client.config.root_dir
  local _, folder = server.upward(beside, function(folder)
    if server.exists(folder .. '/sources', 'directory') then
      return folder .. '/sources'
    end
    return (folder == root or server.exists(folder .. '/.git') or server.exists(folder .. '/copydesk.toml')) and 'none'
  end)
  return folder ~= 'none' and folder or nil, beside .. '/sources'
end

local function said(lines)
  return vim.trim(table.concat(lines or {}, '\n'))
end

-- What the program wrote goes to the writer as it is; it names the file or says what is wrong.
local function run(bufnr, articles, folder)
  local program = server.program() or 'copydesk'
  if vim.fn.executable(program) == 0 then
    server.warn(('nothing was added: %s cannot be run; see :checkhealth copydesk'):format(program))
    return
  end
  local out, err
  local command = vim.list_extend({ program, 'add', '--to', folder, '--' }, articles)
  server.say(('adding %s …'):format(table.concat(articles, ', ')))
  vim.fn.jobstart(command, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, lines)
      out = lines
    end,
    on_stderr = function(_, lines)
      err = lines
    end,
    on_exit = function(_, code)
      if said(out) ~= '' then
        server.say(said(out))
      end
      if code ~= 0 then
        local problem = said(err)
        server.say(problem ~= '' and problem or ('%s ended with code %d'):format(program, code), vim.log.levels.ERROR)
      elseif vim.api.nvim_buf_is_valid(bufnr) and server.clients(bufnr)[1] then
        server.execute(bufnr, 'copydesk.check', {}, function() end)
      end
    end,
  })
end

--- Adds articles, or asks for one.
---@param bufnr integer
---@param articles string[] addresses and files
function M.add(bufnr, articles)
  if #articles == 0 then
    vim.ui.input({ prompt = 'Address or file of an article: ', completion = 'file' }, function(article)
      if article and vim.trim(article) ~= '' then
        M.add(bufnr, { vim.trim(article) })
      end
    end)
    return
  end
  articles = vim.tbl_map(function(article)
    return is_address(article) and article or vim.fn.fnamemodify(article, ':p')
  end, articles)
  local folder, could_be = folder_for(bufnr)
  if not folder then
    local question = ('This draft has no folder of sources. Make %s?'):format(vim.fn.fnamemodify(could_be, ':~'))
    if vim.fn.confirm(question, '&Yes\n&No', 1) ~= 1 then
      return
    end
    vim.fn.mkdir(could_be, 'p')
    folder = could_be
  end
  run(bufnr, articles, folder)
end

return M
