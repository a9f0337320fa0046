--[[ renew: the fair goes on in a new epoch after events were lost. Not a command of a page.

KEYS    the fair's keys (queue/keys.py)
ARGV    1 epoch  2 offset: where a server process is
gives   the epoch that stands now; it is new only where Redis is behind that offset in that epoch
]]
local epoch, offset = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'offset'))
if epoch ~= ARGV[1] or tonumber(offset) >= tonumber(ARGV[2]) then return epoch end
local time = redis.call('TIME')
local renewed = string.format('%d', math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(epoch) + 1))
redis.call('HSET', KEYS[1], 'epoch', renewed)
return renewed
