--[[ who: who asks, by the cookies of a request, in one look: the device, and the sign-in if there is one.

KEYS    the fair's keys (staff/keys.py)   8 the sign-in's key
ARGV    1 device id   2 SHA-256 of its secret   3 ms a sign-in may rest
gives   {} nobody, or {kind of the device}, or {kind, member id, row of the member} where somebody is signed in at this device
A sign-in counts only at the device it was made at. What was heard of is noted once a minute, not with every request.
]]
local HEARD_MS = 60000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local stored = redis.call('HGET', KEYS[2], ARGV[1])
if not stored then return {} end
local device = cjson.decode(stored)
if device.secret ~= ARGV[2] or device.revoked or device['until'] <= now then return {} end
if now - tonumber(redis.call('HGET', KEYS[3], ARGV[1]) or 0) > HEARD_MS then
  redis.call('HSET', KEYS[3], ARGV[1], string.format('%d', now))
end

local session = redis.call('HMGET', KEYS[8], 'member', 'device', 'generation', 'ends')
if not session[1] or session[2] ~= ARGV[1] then return { device.kind } end
local row = redis.call('HGET', KEYS[1], session[1])
if not row then return { device.kind } end
local member = cjson.decode(row)
local ends = tonumber(session[4])
local valid = not member.revoked and member.from_ms <= now and now < member.until_ms and now < ends
if not valid or member.generation ~= tonumber(session[3]) then
  redis.call('DEL', KEYS[8])
  return { device.kind }
end
local rest = math.min(tonumber(ARGV[3]), ends - now)
if rest - redis.call('PTTL', KEYS[8]) > HEARD_MS then redis.call('PEXPIRE', KEYS[8], rest) end
return { device.kind, session[1], row }
