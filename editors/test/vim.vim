" The example in Vim with ALE, as a writer meets it: the diagnostic, the hover, the fix. Run by ./run as the vimrc of `vim -es`, in the
" folder of the example, with the linter of editors/README.md in ~/.vim.
set nocompatible encoding=utf-8 hidden noswapfile
filetype plugin on
let g:ale_linters = {'markdown': ['copydesk']}
let g:ale_hover_cursor = 0
packadd ale

let s:limit = 120 " seconds: a loaded machine is slow, and nothing waits longer than it must
let s:failed = 0
let s:expected = json_decode(join(readfile(expand('<sfile>:p:h') . '/example.json'), "\n"))

function s:Say(line) abort
  call writefile(split(a:line, "\n"), '/dev/stdout', 'a')
endfunction

function s:Check(name, Run) abort
  try
    call a:Run()
    call s:Say('ok vim: ' . a:name)
  catch
    let s:failed += 1
    let s:limit = 10
    call s:Say('not ok vim: ' . a:name . "\n  " . v:exception . ' ' . v:throwpoint)
  endtry
endfunction

function s:WaitFor(what, Get) abort
  let l:start = reltime()
  while reltimefloat(reltime(l:start)) < s:limit
    let l:got = a:Get()
    if !empty(l:got)
      return l:got
    endif
    sleep 50m
  endwhile
  throw 'no ' . a:what . ' within ' . s:limit . ' s'
endfunction

" Letters and digits alone: a sentence is the same whatever is put around it.
function s:Contains(text, part) abort
  let l:Bare = {text -> substitute(text, '[^[:alnum:]]\+', '', 'g')}
  if stridx(l:Bare(a:text), l:Bare(a:part)) < 0
    throw 'no "' . a:part . '" in: ' . a:text
  endif
endfunction

function s:GoTo(text) abort
  call cursor(1, 1)
  if !search('\V' . a:text, 'c')
    throw 'no ' . a:text
  endif
endfunction

" What ALE shows at a text.
function s:Found(text) abort
  call s:GoTo(a:text)
  let [l:line, l:column] = [line('.'), col('.')]
  return filter(copy(ale#engine#GetLoclist(bufnr(''))),
  \ {_, item -> item.lnum == l:line && item.col < l:column + len(a:text) && get(item, 'end_col', item.col) >= l:column})
endfunction

function s:Hover(text) abort
  call s:GoTo(a:text)
  let s:hover = ''
  ALEHover
  call s:WaitFor('hover', {-> s:hover})
  return s:hover
endfunction

function s:Diagnostic() abort
  silent edit draft.md
  let l:found = s:WaitFor('diagnostic', {-> s:Found(s:expected.wrong)})[0]
  call s:Contains(l:found.text, s:expected.right)
  if l:found.type !=# 'W'
    throw string(l:found)
  endif
endfunction

function s:HoverOverWrong() abort
  call s:Contains(s:Hover(s:expected.wrong), s:expected.sentence)
endfunction

function s:HoverOverAgreed() abort
  if !empty(s:Found(s:expected.agreed))
    throw string(s:Found(s:expected.agreed))
  endif
  call s:Contains(s:Hover(s:expected.agreed), s:expected.agreed_sentence)
endfunction

function s:Fix() abort
  call s:GoTo(s:expected.wrong)
  let [l:line, l:before] = [line('.'), getline('.')]
  let l:fixed = substitute(l:before, '\V' . s:expected.wrong, s:expected.right, '')
  ALECodeAction
  call s:WaitFor('changed text', {-> getline(l:line) ==# l:fixed})
  " The text is sent again on a pause, which never comes in a Vim without a screen.
  call ale#Queue(0)
  call s:WaitFor('end of the diagnostic', {-> empty(s:Found(s:expected.right))})
endfunction

function s:Run() abort
  " ALE asks by a prompt which of the fixes is meant, and shows a hover on the command line: both need a person.
  runtime autoload/ale/util.vim
  function! ale#util#Input(message, ...) abort
    let l:line = filter(split(a:message, "\n"), {_, line -> line =~# '^\d\+)' && stridx(line, s:expected.right) >= 0})
    return empty(l:line) ? '' : matchstr(l:line[0], '^\d\+')
  endfunction
  function! ale#util#ShowMessage(text, ...) abort
    let s:hover = a:text
  endfunction
  call s:Check('a contradicted figure has a diagnostic', function('s:Diagnostic'))
  call s:Check("the hover shows the source's sentence", function('s:HoverOverWrong'))
  call s:Check('what agrees has no diagnostic, and a hover with its source', function('s:HoverOverAgreed'))
  call s:Check('the fix writes what the source says, and the diagnostic goes', function('s:Fix'))
  execute s:failed ? 'cquit!' : 'qall!'
endfunction

autocmd VimEnter * ++nested call s:Run()
