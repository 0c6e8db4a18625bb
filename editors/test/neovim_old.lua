-- The example in Neovim 0.7, which has neither vim.lsp.config nor much else that the plugin uses in 0.11. Run by ./run as neovim.lua is,
-- with NEOVIM_LIB naming neovim_lib.lua.

local lib = dofile(vim.env.NEOVIM_LIB)
lib.editor = 'neovim 0.7'
local check, wait_for, contains, expected = lib.check, lib.wait_for, lib.contains, lib.expected

local function diagnostic_at_wrong()
  return lib.diagnostic_at(expected.wrong)
end

check('it is 0.7, and the plugin is loaded', function()
  assert(vim.fn.has('nvim-0.7') == 1 and vim.fn.has('nvim-0.8') == 0)
  assert(vim.g.loaded_copydesk)
end)

check('a contradicted figure has a diagnostic', function()
  vim.cmd('silent edit draft.md')
  assert(require('copydesk').status() == 'copydesk starting', require('copydesk').status())
  wait_for('diagnostic', diagnostic_at_wrong)
  local client = require('copydesk.server').clients(0)[1]
  assert(vim.fn.resolve(client.config.root_dir) == vim.fn.resolve(vim.fn.getcwd()), client.config.root_dir)
end)

check("the hover shows the source's sentence", function()
  contains(lib.hover_at(expected.wrong), expected.sentence)
  contains(lib.hover_at(expected.agreed), expected.agreed_sentence)
end)

check('the status line has the counts', function()
  wait_for('counts', function()
    return require('copydesk').status():find('^copydesk %d+ ok %d+ contradicted')
  end)
end)

check(':Copydesk claims lists them', function()
  local items = lib.quickfix_of('Copydesk claims')
  assert(lib.entry(items, expected.wrong .. ' – ').type == 'W')
  assert(lib.entry(items, expected.agreed .. ' – ').text:find('^supported: '))
  local row, column = lib.place_of(expected.wrong)
  local wrong = lib.entry(lib.quickfix_of('Copydesk claims contradicted'), expected.wrong .. ' – ')
  assert(wrong.lnum == row + 1 and wrong.col == column + 1, vim.inspect(wrong))
end)

check(':Copydesk evidence leads to the sentence in the source', function()
  lib.go_to(expected.wrong)
  vim.cmd('Copydesk evidence')
  wait_for('location list', function()
    return vim.bo.buftype == 'quickfix'
  end)
  contains(vim.fn.getloclist(0)[1].text, expected.sentence)
  vim.cmd('lclose')
end)

check('the fix writes what the source says, and the diagnostic goes', function()
  local before = lib.lines()
  local row, column = lib.place_of(expected.wrong)
  lib.go_to(expected.wrong)
  local choose = vim.ui.select
  vim.ui.select = function(actions, options, chosen)
    for i, action in ipairs(actions) do
      if options.format_item(action):find(expected.right, 1, true) then
        return chosen(action, i)
      end
    end
    error('no fix among ' .. vim.inspect(vim.tbl_map(options.format_item, actions)))
  end
  vim.lsp.buf.code_action()
  local line = before[row + 1]
  local fixed = line:sub(1, column) .. expected.right .. line:sub(column + #expected.wrong + 1)
  wait_for('changed text', function()
    return lib.lines()[row + 1] == fixed
  end)
  vim.ui.select = choose
  wait_for('end of the diagnostic', function()
    return not lib.diagnostic_at(expected.right)
  end)
  vim.cmd('silent undo')
  assert(vim.deep_equal(lib.lines(), before))
  wait_for('diagnostic', diagnostic_at_wrong)
end)

check(':Copydesk accept lets the finding stand', function()
  lib.go_to(expected.wrong)
  vim.cmd('Copydesk accept by phone, 3 Dec')
  wait_for('end of the diagnostic', function()
    return not diagnostic_at_wrong()
  end)
  contains(table.concat(vim.fn.readfile('draft.stet.toml'), '\n'), 'reason = "by phone, 3 Dec"')
  os.remove('draft.stet.toml')
  vim.cmd('Copydesk check')
  wait_for('diagnostic', diagnostic_at_wrong)
end)

check(':Copydesk add says what the program says', function()
  lib.said(function(wait)
    vim.cmd('Copydesk add no-such-article.txt')
    wait('no-such-article.txt: ')
  end)
end)

check('the report is shown by the browser', function()
  local server = require('copydesk.server')
  local execute, browser = server.execute, vim.fn.tempname()
  vim.fn.writefile({ '#!/bin/sh', 'cp "$1" ' .. browser .. '.seen' }, browser)
  vim.fn.setfperm(browser, 'rwx------')
  vim.env.BROWSER = browser
  server.execute = function(_, command, _, answered)
    answered('<title>' .. command .. '</title>')
  end
  lib.said(function(wait)
    vim.cmd('Copydesk facts')
    wait('draft-facts.html')
  end)
  server.execute = execute
  wait_for('browser', function()
    return vim.fn.getfsize(browser .. '.seen') > 0
  end)
  contains(vim.fn.readfile(browser .. '.seen')[1], '<title>copydesk.facts</title>')
end)

check('it is healthy', function()
  vim.cmd('silent checkhealth copydesk')
  local report = lib.text()
  assert(report:find('OK: copydesk 0.', 1, true) and report:find('Running for 1 draft', 1, true), report)
  assert(not report:find('ERROR'), report)
  vim.cmd('bdelete')
end)

check('setup names another program, and a missing one is said', function()
  lib.without_program()
  vim.cmd('silent checkhealth copydesk')
  local report = lib.text()
  assert(report:find('ERROR') and report:find('no%-such%-copydesk'), report)
end)

lib.finish()
