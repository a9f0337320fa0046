--[[ snapshot: every row of the fair and its position, at one instant. Reads only; not a command of a page.

gives {epoch, offset, the newest event as JSON, {parties}, {tickets}, {queues}, {booths}, {clocks}, {offers}, {notices}}, rows as JSON; nothing where no fair stands
]]
local epoch, offset = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'offset'))
if not epoch then return {} end
local newest = redis.call('XREVRANGE', KEYS[13], '+', '-', 'COUNT', 1)[1]
local tables = {}
for i = 3, 9 do tables[i - 2] = redis.call('HVALS', KEYS[i]) end
return { tonumber(epoch), tonumber(offset), newest and newest[2][2] or '', unpack(tables) }
