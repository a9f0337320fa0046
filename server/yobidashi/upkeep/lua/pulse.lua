--[[ pulse: how far a fair's journal has come. Reads only.

KEYS    1 meta (queue/keys.py)
gives   {epoch, offset}; nothing where no fair stands
]]
local epoch, offset = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'offset'))
if not epoch then return {} end
return { epoch, offset }
