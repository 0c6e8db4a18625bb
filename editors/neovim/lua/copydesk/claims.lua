-- The claims of a draft as a quickfix list, and the evidence of one as a location list.
local server = require('copydesk.server')

local M = {}

--- What `:Copydesk claims` can be asked for.
M.FILTERS = { 'accepted', 'conflicting', 'contradicted', 'open', 'supported' }

local WORDS = { supported = 'supported', refuted = 'contradicted', conflicting = 'conflicting', ['not-enough-info'] = 'open' }
local TYPES = { error = 'E', warning = 'W', information = 'I', hint = 'N' }

-- Sources that a text editor shows as bytes: they are named, and not gone to.
local UNREADABLE = { pdf = true, docx = true, odt = true, epub = true }

local function word(mention)
  return mention.signed_off and 'accepted' or WORDS[mention.label] or mention.label
end

local function one_line(text)
  return (vim.trim(text):gsub('%s+', ' '))
end

local function place(uri, range, client)
  local item = vim.lsp.util.locations_to_items({ { uri = uri, range = range } }, client.offset_encoding)[1]
  return { filename = item.filename, lnum = item.lnum, col = item.col, end_lnum = item.end_lnum, end_col = item.end_col }
end

local function sources(mention)
  local said = {}
  for _, evidence in ipairs(mention.evidence) do
    if not vim.tbl_contains(said, evidence.source) then
      table.insert(said, evidence.source)
    end
  end
  return table.concat(said, ', ')
end

local function about(mention)
  if mention.signed_off then
    return mention.signed_off.reason or 'no reason given'
  end
  return mention.message or sources(mention)
end

-- All mentions, in the order of the draft, and the server that gave them; the writer is told if there are none.
local function ask(bufnr, answered)
  server.execute(bufnr, 'copydesk.claims', {}, function(claims, client)
    if not claims then
      server.warn(table.concat(require('copydesk.status').lines(bufnr), '\n'))
      return
    end
    local mentions = {}
    for _, section in ipairs(claims.sections) do
      vim.list_extend(mentions, section.mentions)
    end
    answered(mentions, client)
  end)
end

--- Puts the claims into the quickfix list, all or those of one kind.
---@param bufnr integer
---@param filter string|nil one of FILTERS
function M.list(bufnr, filter)
  if filter and not vim.tbl_contains(M.FILTERS, filter) then
    server.warn(('claims are %s, not %s'):format(table.concat(M.FILTERS, ', '), filter))
    return
  end
  ask(bufnr, function(mentions, client)
    local uri, items = vim.uri_from_bufnr(bufnr), {}
    for _, mention in ipairs(mentions) do
      if not filter or word(mention) == filter then
        local item = place(uri, mention.range, client)
        item.filename, item.bufnr = nil, bufnr
        item.type = TYPES[mention.severity]
        item.text = ('%s: %s – %s'):format(word(mention), one_line(mention.text), one_line(about(mention)))
        table.insert(items, item)
      end
    end
    local title = filter and 'copydesk: ' .. filter .. ' claims' or 'copydesk: claims'
    vim.fn.setqflist({}, ' ', { title = title, items = items })
    if #items == 0 then
      server.say(filter and ('no claim is %s'):format(filter) or 'there is nothing to check in this draft')
    else
      vim.cmd('botright copen')
    end
  end)
end

local function before(a, b)
  return a.line < b.line or a.line == b.line and a.character < b.character
end

local function evidence_item(evidence, client)
  local item = {}
  local path = evidence.uri and vim.uri_to_fname(evidence.uri)
  local can_go = path and evidence.range and not UNREADABLE[vim.fn.fnamemodify(path, ':e'):lower()]
  if can_go then
    item = place(evidence.uri, evidence.range, client)
  end
  local stance = evidence.stance == 'refutes' and 'contradicts' or 'supports'
  local title = table.concat({ stance, evidence.published or evidence.title, evidence.published and evidence.title }, ' · ')
  local source = can_go and '' or evidence.source .. ': '
  item.text = ('%s%s: “%s”'):format(source, title, one_line(evidence.quote))
  return item
end

--- Puts what the sources say of the mention under the cursor into the location list.
function M.evidence(bufnr)
  local window = vim.api.nvim_get_current_win()
  local row, column = unpack(vim.api.nvim_win_get_cursor(window))
  ask(bufnr, function(mentions, client)
    local character = vim.lsp.util.character_offset(bufnr, row - 1, column, client.offset_encoding)
    local cursor = { line = row - 1, character = character }
    local found
    for _, mention in ipairs(mentions) do
      local range = mention.range
      -- A name within a quotation begins behind it: the innermost wins.
      if not before(cursor, range.start) and before(cursor, range['end']) and not (found and before(range.start, found.range.start)) then
        found = mention
      end
    end
    if not found then
      server.warn('there is no figure, date, name or quotation under the cursor')
      return
    end
    local said = ('“%s” – %s: %s'):format(one_line(found.text), word(found), one_line(about(found)))
    if #found.evidence == 0 then
      server.say(said)
      return
    end
    local items = {}
    for _, evidence in ipairs(found.evidence) do
      table.insert(items, evidence_item(evidence, client))
    end
    if vim.api.nvim_win_is_valid(window) then
      vim.fn.setloclist(window, {}, ' ', { title = 'copydesk: ' .. said, items = items })
      vim.api.nvim_set_current_win(window)
      vim.cmd('lopen')
    end
  end)
end

return M
