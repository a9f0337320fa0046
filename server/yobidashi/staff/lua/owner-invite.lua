--[[ owner-invite: a link may make a chief: the first one, or (3) another where nobody can sign in any more. A newer link replaces an older one.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 SHA-256 of the link's token   2 ms it is good for   3 '1': though there are members already
gives   1, or 0 where there are members already
]]
if ARGV[3] ~= '1' and redis.call('HLEN', KEYS[1]) > 0 then return 0 end
redis.call('SET', KEYS[5], ARGV[1], 'PX', ARGV[2])
return 1
