-- The example in Neovim, as a writer meets it: the diagnostic, the hover, the fix. Run by ./run, with the plugin in Neovim's own
-- package folder, `copydesk` on the PATH and the example copied to a folder of its own, the working directory.

local lib = dofile(vim.fs.dirname(vim.fs.normalize(arg[0])) .. '/neovim_lib.lua')
lib.editor = 'neovim'
local check, wait_for, contains, expected = lib.check, lib.wait_for, lib.contains, lib.expected
local place_of, go_to, hover_at, diagnostic_at = lib.place_of, lib.go_to, lib.hover_at, lib.diagnostic_at

local function diagnostic_at_wrong()
  return diagnostic_at(expected.wrong)
end

local function rewrite(file, change)
  local text = table.concat(vim.fn.readfile(file, 'b'), '\n')
  vim.fn.writefile(vim.split(change(text), '\n', { plain = true }), file, 'b')
  return text
end

check('the plugin is loaded and healthy', function()
  assert(vim.g.loaded_copydesk and vim.lsp.is_enabled('copydesk'))
  assert(require('copydesk').status() == '', require('copydesk').status())
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

check('the status line has the counts', function()
  local status = wait_for('counts', function()
    return require('copydesk').status():match('^copydesk %d+ ok .*')
  end)
  assert(status:find('^copydesk %d+ ok %d+ contradicted'), status)
  contains(
    lib.said(function()
      vim.cmd('Copydesk')
    end),
    'contradicted'
  )
end)

check(':Copydesk is completed', function()
  local complete = vim.fn.getcompletion
  assert(vim.deep_equal(complete('Copydesk a', 'cmdline'), { 'accept', 'add' }))
  assert(vim.deep_equal(complete('Copydesk claims o', 'cmdline'), { 'open' }))
  assert(vim.deep_equal(complete('Copydesk add dra', 'cmdline'), { 'draft.md' }))
  local said = lib.said(function()
    vim.cmd('Copydesk bake')
  end)
  assert(said:find("no ':Copydesk bake'", 1, true) and said:find('claims, evidence', 1, true), said)
end)

check(':Copydesk claims lists them in order', function()
  local items = lib.quickfix_of('Copydesk claims')
  local wrong, agreed = lib.entry(items, expected.wrong .. ' – '), lib.entry(items, expected.agreed .. ' – ')
  assert(wrong.type == 'W' and wrong.text:find('^contradicted: '), wrong.text)
  assert(agreed.type == '' and agreed.text:find('^supported: '), agreed.text)
  local row, column = place_of(expected.wrong)
  assert(wrong.bufnr == vim.api.nvim_get_current_buf() and wrong.lnum == row + 1 and wrong.col == column + 1, vim.inspect(wrong))
  for i = 2, #items do
    local a, b = items[i - 1], items[i]
    assert(a.lnum < b.lnum or a.lnum == b.lnum and a.col <= b.col, a.text .. ' before ' .. b.text)
  end
end)

check('with a kind, it lists those alone', function()
  local all, contradicted = lib.quickfix_of('Copydesk claims'), lib.quickfix_of('Copydesk claims contradicted')
  assert(#contradicted > 1 and #contradicted < #all)
  for _, item in ipairs(contradicted) do
    assert(item.text:find('^contradicted: '), item.text)
  end
  vim.cmd('silent cfirst')
  assert(vim.api.nvim_win_get_cursor(0)[1] == contradicted[1].lnum)
  lib.said(function(wait)
    lib.quickfix_of('Copydesk claims accepted')
    wait('no claim is accepted')
    vim.cmd('Copydesk claims wild')
    wait('not wild')
  end)
end)

check(':Copydesk evidence leads to the sentence in the source', function()
  local draft = vim.api.nvim_get_current_buf()
  go_to(expected.wrong)
  vim.cmd('Copydesk evidence')
  wait_for('location list', function()
    return vim.bo.buftype == 'quickfix'
  end)
  local items = vim.fn.getloclist(0)
  contains(items[1].text, expected.sentence)
  assert(items[1].text:find('^contradicts · '), items[1].text)
  vim.cmd('lclose | silent lfirst')
  assert(vim.fn.expand('%:t') == vim.fs.basename(expected.source))
  local shown = table.concat(vim.api.nvim_buf_get_lines(0, items[1].lnum - 1, items[1].lnum + 1, false), ' ')
  assert(shown:find(expected.right .. ' people', 1, true), shown)
  vim.cmd('silent buffer ' .. draft .. ' | 1')
  contains(
    lib.said(function(wait)
      vim.cmd('Copydesk evidence')
      wait('under the cursor')
    end),
    'there is no figure, date, name or quotation under the cursor'
  )
end)

check(':Copydesk accept lets the finding stand', function()
  vim.cmd('1')
  lib.said(function(wait)
    vim.cmd('Copydesk accept')
    wait('there is no finding under the cursor')
  end)
  go_to(expected.wrong)
  local input, asked = vim.ui.input, nil
  vim.ui.input = function(options, answer)
    asked = options.prompt
    answer('by phone, 3 Dec')
  end
  vim.cmd('Copydesk accept')
  vim.ui.input = input
  contains(asked, 'Why does it stand?')
  wait_for('end of the diagnostic', function()
    return not diagnostic_at_wrong()
  end)
  contains(table.concat(vim.fn.readfile('draft.stet.toml'), '\n'), 'reason = "by phone, 3 Dec"')
  wait_for('count', function()
    return require('copydesk').status():find('(1 accepted)', 1, true)
  end)
  assert(lib.quickfix_of('Copydesk claims accepted')[1].text:find('by phone, 3 Dec', 1, true))
  os.remove('draft.stet.toml')
  vim.cmd('Copydesk check')
  wait_for('diagnostic', diagnostic_at_wrong)
end)

local server = require('copydesk.server')

check('the report is shown by the browser, and named', function()
  local execute, open, opened = server.execute, vim.ui.open, nil
  server.execute = function(_, command, _, answered)
    answered('<!doctype html>\n<title>' .. command .. '</title>\n')
  end
  vim.ui.open = function(path)
    opened = path
  end
  local said = lib.said(function()
    vim.cmd('Copydesk report')
  end)
  server.execute, vim.ui.open = execute, open
  assert(opened:find('draft%-report%.html$') and said == 'copydesk: the report is ' .. opened, said)
  contains(table.concat(vim.fn.readfile(opened), '\n'), '<title>copydesk.report</title>')
end)

check('a program that makes no reports is said to be too old', function()
  local provides = server.provides
  server.provides = function()
    return false
  end
  contains(
    lib.said(function()
      vim.cmd('Copydesk facts')
    end),
    'the program that runs is too old for this: it has no command copydesk.facts'
  )
  server.provides = provides
end)

check('the program itself makes the report and the fact sheet, if it can', function()
  local open = vim.ui.open
  for name, file in pairs({ report = 'draft-report.html', facts = 'draft-facts.html' }) do
    if server.provides(server.clients(0)[1], 'copydesk.' .. name) then
      local opened
      vim.ui.open = function(path)
        opened = path
      end
      lib.said(function(wait)
        vim.cmd('Copydesk ' .. name)
        wait(file)
      end)
      local page = table.concat(vim.fn.readfile(opened), '\n')
      assert(page:lower():find('<!doctype html', 1, true), page:sub(1, 200))
    end
  end
  vim.ui.open = open
end)

check(':Copydesk add keeps an article among the sources', function()
  local article = 'The ferry to Carrow carried 240 passengers on its first day, the harbour office said on Monday.'
  vim.fn.writefile({ 'First ferry to Carrow', '', article, '', article }, 'ferry article.txt')
  lib.said(function(wait)
    vim.cmd('Copydesk add ferry\\ article.txt')
    wait('kept ')
  end)
  local kept = vim.fn.glob('sources/*ferry*.md')
  contains(table.concat(vim.fn.readfile(kept), '\n'), article)
  os.remove(kept)
end)

check('what cannot be added is said in the words of the program', function()
  local input, asked = vim.ui.input, nil
  vim.ui.input = function(options, answer)
    asked = options.prompt
    answer('no-such-article.txt')
  end
  local said = lib.said(function(wait)
    vim.cmd('Copydesk add')
    wait('no-such-article.txt: ')
  end)
  vim.ui.input = input
  contains(asked, 'Address or file')
  assert(not said:find('kept'), said)
end)

check('the help has its tags', function()
  vim.cmd('helptags ' .. vim.fs.dirname(vim.api.nvim_get_runtime_file('doc/copydesk.txt', false)[1]))
  for _, tag in ipairs({ 'copydesk', ':Copydesk', ':Copydesk-claims', 'copydesk-status' }) do
    vim.cmd('silent help ' .. tag)
    assert(vim.fn.expand('%:t') == 'copydesk.txt' and vim.api.nvim_get_current_line():find('*' .. tag .. '*', 1, true), tag)
    vim.cmd('helpclose')
  end
end)

check(':Copydesk log opens the log', function()
  vim.cmd('silent Copydesk log')
  assert(vim.fn.expand('%:t') == 'lsp.log')
  vim.cmd('bdelete')
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
  wait_for('status', function()
    return require('copydesk').status() == 'copydesk no sources'
  end)
  lib.said(function(wait)
    vim.cmd('Copydesk claims')
    wait('sources')
  end)
end)

check('a folder of sources is made, if the writer wants it', function()
  local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(0))
  vim.fn.writefile({ 'The storm sank 140 boats.' }, folder .. '/storm.txt')
  local confirm, asked, answer = vim.fn.confirm, nil, 2
  vim.fn.confirm = function(question)
    asked = question
    return answer
  end
  vim.cmd('Copydesk add ' .. folder .. '/storm.txt')
  contains(asked, 'This draft has no folder of sources. Make')
  assert(vim.fn.isdirectory(folder .. '/sources') == 0)
  answer = 1
  lib.said(function(wait)
    vim.cmd('Copydesk add ' .. folder .. '/storm.txt')
    wait('kept ')
  end)
  vim.fn.confirm = confirm
  wait_for('check against it', function()
    return require('copydesk').status():find('contradicted', 1, true)
  end)
  vim.cmd('silent bdelete')
end)

check('the server ends with the editor', function()
  local clients = vim.lsp.get_clients({ name = 'copydesk' })
  assert(#clients > 0)
  vim.lsp.stop_client(clients)
  wait_for('end of the server', function()
    return #vim.lsp.get_clients({ name = 'copydesk' }) == 0
  end)
  assert(require('copydesk').status() == 'copydesk not running', require('copydesk').status())
end)

check('a missing program is named', function()
  lib.without_program()
  contains(
    lib.said(function()
      vim.cmd('Copydesk claims')
    end),
    'this draft is not checked: no-such-copydesk cannot be run'
  )
  vim.cmd('silent checkhealth copydesk')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  assert(report:find('ERROR') and report:find('no%-such%-copydesk'), report)
end)

lib.finish()
