--[[ owner-invite: while the register is empty, a link may make its first chief. A newer link replaces an older one.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 SHA-256 of the link's token   2 ms it is good for
gives   1, or 0 where there are members already
]]
if redis.call('HLEN', KEYS[1]) > 0 then return 0 end
redis.call('SET', KEYS[5], ARGV[1], 'PX', ARGV[2])
return 1
