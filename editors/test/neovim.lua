-- The example in Neovim, as a writer meets it: the diagnostic, the hover, the fix. Run by ./run, with the plugin in Neovim's own
-- package folder, `copydesk` on the PATH and the example copied to a folder of its own, the working directory.

local limit = 120000 -- ms: a loaded machine is slow, and nothing waits longer than it must

local folder = vim.fs.dirname(vim.fs.normalize(arg[0]))
local expected = vim.json.decode(table.concat(vim.fn.readfile(folder .. '/example.json'), '\n'))
local failed = 0

local function check(name, run)
  local ok, problem = xpcall(run, debug.traceback)
  io.stdout:write((ok and 'ok' or 'not ok') .. ' neovim: ' .. name .. '\n')
  if not ok then
    failed = failed + 1
    limit = 10000 -- what builds upon it will fail as well
    io.stdout:write('  ' .. tostring(problem):gsub('\n', '\n  ') .. '\n')
  end
end

-- Waits for `get` to give something true, and gives it.
local function wait_for(what, get)
  local got
  vim.wait(limit, function()
    got = get()
    return got
  end, 20)
  return got or error('no ' .. what .. ' within ' .. limit / 1000 .. ' s', 2)
end

-- Letters and digits alone: a sentence is the same whatever Markdown, line breaks or bold type are put around it.
local function bare(text)
  return (text:gsub('[%s%p]+', ''))
end

local function contains(text, part)
  assert(bare(text):find(bare(part), 1, true), ('no "%s" in:\n%s'):format(part, text))
end

-- Row (0-based) and byte column of a text that the draft has once.
local function place_of(text)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local column = line:find(text, 1, true)
    if column then
      return row - 1, column - 1
    end
  end
end

local function diagnostic_at(text)
  local row, column = place_of(text)
  for _, d in ipairs(row and vim.diagnostic.get(0, { lnum = row }) or {}) do
    if d.source == 'copydesk' and d.col < column + #text and d.end_col > column then
      return d
    end
  end
end

local function diagnostic_at_wrong()
  return diagnostic_at(expected.wrong)
end

local function go_to(text)
  local row, column = place_of(text)
  vim.api.nvim_win_set_cursor(0, { row + 1, column })
end

local function hover_at(text)
  go_to(text)
  vim.lsp.buf.hover()
  local window = wait_for('hover', function()
    return vim.b.lsp_floating_preview
  end)
  local shown = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
  vim.api.nvim_win_close(window, true)
  vim.b.lsp_floating_preview = nil
  return shown
end

local function rewrite(file, change)
  local text = table.concat(vim.fn.readfile(file, 'b'), '\n')
  vim.fn.writefile(vim.split(change(text), '\n', { plain = true }), file, 'b')
  return text
end

check('the plugin is loaded and healthy', function()
  assert(vim.g.loaded_copydesk and vim.lsp.is_enabled('copydesk'))
  vim.cmd('silent checkhealth copydesk')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  assert(report:find('copydesk 0.', 1, true) and not report:find('ERROR'), report)
end)

check('a contradicted figure has a diagnostic', function()
  vim.cmd('silent edit draft.md')
  local d = wait_for('diagnostic', diagnostic_at_wrong)
  assert(d.code and d.code ~= '' and d.message ~= '', vim.inspect(d))
  local client = assert(vim.lsp.get_clients({ bufnr = 0 })[1])
  assert(vim.fn.resolve(client.root_dir) == vim.fn.resolve(vim.fn.getcwd()), client.root_dir)
end)

check("the hover shows the source's sentence", function()
  contains(hover_at(expected.wrong), expected.sentence)
end)

check('what agrees has no diagnostic, and a hover with its source', function()
  assert(not diagnostic_at(expected.agreed))
  contains(hover_at(expected.agreed), expected.agreed_sentence)
end)

check('a source that changes is read again', function()
  local original = rewrite(expected.source, function(text)
    return (text:gsub(expected.right .. ' people', expected.wrong .. ' people'))
  end)
  wait_for('end of the diagnostic', function()
    return not diagnostic_at_wrong()
  end)
  rewrite(expected.source, function()
    return original
  end)
  wait_for('diagnostic', diagnostic_at_wrong)
end)

local before = vim.api.nvim_buf_get_lines(0, 0, -1, true)

check('the fix writes what the source says, and the diagnostic goes', function()
  go_to(expected.wrong)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.kind == 'quickfix' and vim.inspect(action.edit or {}):find(expected.right, 1, true) ~= nil
    end,
  })
  local row, column = place_of(expected.wrong)
  wait_for('changed text', function()
    return vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1] ~= before[row + 1]
  end)
  local line = vim.api.nvim_buf_get_lines(0, row, row + 1, true)[1]
  assert(line == before[row + 1]:sub(1, column) .. expected.right .. before[row + 1]:sub(column + #expected.wrong + 1), line)
  wait_for('end of the diagnostic', function()
    return not vim.iter(vim.diagnostic.get(0, { lnum = row })):any(function(d)
      return d.col < column + #expected.right and d.end_col > column
    end)
  end)
end)

check('undone, the diagnostic is back', function()
  vim.cmd('silent undo')
  assert(vim.deep_equal(vim.api.nvim_buf_get_lines(0, 0, -1, true), before))
  wait_for('diagnostic', diagnostic_at_wrong)
end)

check('a draft without sources is said to have none', function()
  local said = {}
  local show = vim.lsp.handlers['window/showMessage']
  vim.lsp.handlers['window/showMessage'] = function(_, params)
    table.insert(said, params.message)
    return params
  end
  local bare_folder = vim.fn.tempname()
  vim.fn.mkdir(bare_folder)
  vim.fn.writefile({ 'About 40 boats sank.' }, bare_folder .. '/draft.md')
  vim.cmd('silent edit ' .. bare_folder .. '/draft.md')
  wait_for('message', function()
    return table.concat(said):find('sources', 1, true)
  end)
  vim.lsp.handlers['window/showMessage'] = show
  vim.cmd('silent bdelete')
end)

check('the server ends with the editor', function()
  local clients = vim.lsp.get_clients({ name = 'copydesk' })
  assert(#clients > 0)
  vim.lsp.stop_client(clients)
  wait_for('end of the server', function()
    return #vim.lsp.get_clients({ name = 'copydesk' }) == 0
  end)
end)

check('a missing program is named', function()
  local said = {}
  vim.notify_once = function(message)
    table.insert(said, message)
  end
  vim.lsp.config('copydesk', { cmd = { 'no-such-copydesk', 'lsp' } })
  vim.cmd('silent edit other.md')
  contains(table.concat(said, '\n'), 'no-such-copydesk')
  vim.cmd('silent checkhealth copydesk')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  assert(report:find('ERROR') and report:find('no%-such%-copydesk'), report)
end)

os.exit(failed == 0 and 0 or 1)
