--[[ sign-in-end: badge and PIN were right: the try is taken back, and a sign-in under a new token begins.

KEYS    the fair's keys (staff/keys.py)   8 failures at this device   9 failures from this address
        10 the new sign-in   11 the one this device had before
ARGV    1 member id   2 device id   3 generation the badge was looked up in   4 PIN's hash where it was chosen now
        5 ms a sign-in lasts   6 ms it may rest
gives   {'done', row}, or {'refused', JSON}: sign_in_failed where the badge was changed in the meantime
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local stored = redis.call('HGET', KEYS[1], ARGV[1])
local member = stored and cjson.decode(stored)
local same = member and not member.revoked and member.generation == tonumber(ARGV[3])
if not same or (ARGV[4] ~= '' and member.pin) then
  return { 'refused', cjson.encode({ code = 'sign_in_failed' }) }
end
for _, key in ipairs({ KEYS[8], KEYS[9] }) do
  if tonumber(redis.call('GET', key) or 0) > 0 then redis.call('DECR', key) end
end
if ARGV[4] ~= '' then member.pin = ARGV[4] end
member.failures, member.locked_until = 0, 0
local row = cjson.encode(member)
redis.call('HSET', KEYS[1], ARGV[1], row)
redis.call('DEL', KEYS[11])
local ends = string.format('%d', now + tonumber(ARGV[5]))
redis.call('HSET', KEYS[10], 'member', ARGV[1], 'device', ARGV[2], 'generation', ARGV[3], 'ends', ends)
redis.call('PEXPIRE', KEYS[10], ARGV[6])
return { 'done', row }
