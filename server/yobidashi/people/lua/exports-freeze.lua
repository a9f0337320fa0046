--[[ exports-freeze: no export is asked for, approved or made until the freeze is lifted.

KEYS    the fair's keys (people/keys.py)
ARGV    1 who froze, when and why, as JSON; '': lift it
gives   1 where that changed something, 0 where it was so already
]]
if ARGV[1] == '' then return redis.call('HDEL', KEYS[10], 'frozen') end
return redis.call('HSETNX', KEYS[10], 'frozen', ARGV[1])
