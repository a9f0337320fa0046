--[[ renew: the fair goes on in a new epoch after events were lost. Not a command of a page.

KEYS    the fair's keys (queue/keys.py)
ARGV    1 epoch  2 offset: where a server process is  3 SHA-1 of the event it has seen there, or ''
gives   the epoch that stands now; it is new only where, in that epoch, Redis is behind that offset or has another event there
]]
local epoch, offset = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'offset'))
if epoch ~= ARGV[1] then return epoch end
if tonumber(offset) >= tonumber(ARGV[2]) then
  local entry = redis.call('XRANGE', KEYS[13], ARGV[2], ARGV[2])[1]
  if ARGV[3] == '' or not entry or redis.sha1hex(entry[2][2]) == ARGV[3] then return epoch end
end
local time = redis.call('TIME')
local renewed = string.format('%d', math.max(time[1] * 1000 + math.floor(time[2] / 1000), tonumber(epoch) + 1))
redis.call('HSET', KEYS[1], 'epoch', renewed)
return renewed
