--[[ badge-look: whether a badge is valid and has no PIN yet.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 member id   2 SHA-256 of the badge's secret
gives   1, or 0 for every other badge, known or not
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return 0 end
local member = cjson.decode(stored)
local valid = member.badge == ARGV[2] and not member.revoked and member.from_ms <= now and now < member.until_ms
return valid and not member.pin and 1 or 0
