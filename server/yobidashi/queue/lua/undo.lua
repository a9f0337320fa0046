--[[ undo: takes back one event within rules.undo_ms, if nothing that it changed has changed since.

ARGV    {offset}: of the event
event   undone: every row as it was before, `undoes` = the offset
refuses unknown_event undo_too_late undo_overtaken
A number that was issued stays issued: its tickets become cancelled (reason 'undone'), they are not deleted. An offer is
declined without an answer, a notice ended.
]]
--@include fair

-- What becomes of a row that the event made.
local UNMADE = {
  parties = function(party) party.active = nil end,
  tickets = function(ticket) ticket.state, ticket.ended_at, ticket.reason = 'cancelled', now, 'undone' end,
  offers = function(offer) offer.state, offer.answered_at = 'declined', now end,
  notices = function(notice) notice['until'] = now end,
}

local function restored(name, current, image)
  if not image then
    UNMADE[name](current)
    return current
  end
  if name == 'parties' then image.tickets = current.tickets end -- they stay on record
  loaded[name][tostring(image.id)] = image
  return image
end

-- Every call of a reserved place may touch its queue's row; that must not stand in the way of who takes back another act on
-- the queue. So each kind takes back its own field: a call the count, unless it has gone on, the others `issuing`.
local function queue_restored(current, image, undo, offset)
  if undo.kind == 'called' then
    if current.rev == offset then current.reserved_run = image.reserved_run end
    return current
  end
  if current.issuing == image.issuing then refuse('undo_overtaken', { offset = offset, kind = undo.kind }) end
  current.issuing = image.issuing
  return current
end

return command(function(args)
  local json = redis.call('HGET', UNDO, tostring(args.offset))
  if not json then
    refuse(args.offset > meta.offset and 'unknown_event' or 'undo_too_late', { offset = args.offset })
  end
  local undo = cjson.decode(json)
  if now - undo.at > rules.undo_ms then refuse('undo_too_late', { offset = args.offset, kind = undo.kind }) end
  local changes = {}
  for _, entry in ipairs(undo.images) do
    local name, id, image = entry[1], entry[2], entry[3]
    local current = row(name, id)
    image = image ~= '' and grown(name, cjson.decode(image))
    changes[name] = changes[name] or {}
    if name == 'queues' then
      table.insert(changes[name], queue_restored(current, image, undo, args.offset))
    else
      if current.rev ~= args.offset then refuse('undo_overtaken', { offset = args.offset, kind = undo.kind }) end
      table.insert(changes[name], restored(name, current, image))
    end
  end
  return 'undone', changes, { undoes = args.offset, undoable = false }
end)
