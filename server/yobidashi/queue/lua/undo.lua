--[[ undo: takes back one event within rules.undo_ms, if nothing that it changed has changed since.

ARGV    {offset}: of the event
event   undone: every row as it was before, `undoes` = the offset
refuses unknown_event undo_too_late undo_overtaken
A number that was issued stays issued: its tickets become cancelled (reason 'undone'), they are not deleted.
]]
--@include fair

local function restored(name, current, image)
  if name == 'parties' then
    current.active = image and image.active -- its tickets stay on record
    return current
  end
  if not image then
    current.state, current.ended_at, current.reason = 'cancelled', now, 'undone'
    return current
  end
  loaded[name][tostring(image.id)] = image
  return image
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
    if current.rev ~= args.offset then refuse('undo_overtaken', { offset = args.offset, kind = undo.kind }) end
    changes[name] = changes[name] or {}
    table.insert(changes[name], restored(name, current, image ~= '' and cjson.decode(image)))
  end
  return 'undone', changes, { undoes = args.offset, undoable = false }
end)
