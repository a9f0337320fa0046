--[[ snapshot: every row of the fair and its position, at one instant. Reads only; not a command of a page.

gives {epoch, offset, {parties}, {tickets}, {queues}, {booths}, {clocks}, {offers}, {notices}}, rows as JSON; nothing where no fair stands
]]
local epoch, offset = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'offset'))
if not epoch then return {} end
local tables = {}
for i = 3, 9 do tables[i - 2] = redis.call('HVALS', KEYS[i]) end
return { tonumber(epoch), tonumber(offset), unpack(tables) }
