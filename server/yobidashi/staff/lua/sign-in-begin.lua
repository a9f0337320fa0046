--[[ sign-in-begin: a sign-in is about to be tried. The try is counted as a failure here; sign-in-end takes it back if it was none.

KEYS    the fair's keys (staff/keys.py)   8 failures at this device   9 failures from this address
ARGV    1 member id   2 SHA-256 of the badge's secret   3 wrong PINs that lock a badge   4 ms it stays locked
        5 failures a device may have   6 failures an address may have   7 ms they are remembered
gives   {'done', {state, pin, generation, wait_s}}, or {'refused', JSON}: too_often
        state known: valid, with a PIN · first: valid, without · locked: wait that many seconds · unknown: everything else
A wrong PIN counts against the badge only where the badge's secret was right: nobody locks out somebody else by their id.
]]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

for i, key in ipairs({ KEYS[8], KEYS[9] }) do
  if tonumber(redis.call('GET', key) or 0) >= tonumber(ARGV[4 + i]) then
    local wait = math.ceil(redis.call('PTTL', key) / 1000)
    return { 'refused', cjson.encode({ code = 'too_often', detail = { wait_s = wait } }) }
  end
end
for _, key in ipairs({ KEYS[8], KEYS[9] }) do
  redis.call('INCR', key)
  redis.call('PEXPIRE', key, ARGV[7], 'NX')
end

local stored = redis.call('HGET', KEYS[1], ARGV[1])
local member = stored and cjson.decode(stored)
local valid = member and member.badge == ARGV[2] and not member.revoked
valid = valid and member.from_ms <= now and now < member.until_ms
if not valid then return { 'done', cjson.encode({ state = 'unknown' }) } end
if member.locked_until > now then
  local wait = math.ceil((member.locked_until - now) / 1000)
  return { 'done', cjson.encode({ state = 'locked', wait_s = wait }) }
end
if not member.pin then return { 'done', cjson.encode({ state = 'first', generation = member.generation }) } end
member.failures = member.failures + 1
if member.failures >= tonumber(ARGV[3]) then
  member.failures, member.locked_until = 0, now + tonumber(ARGV[4])
end
redis.call('HSET', KEYS[1], ARGV[1], cjson.encode(member))
return { 'done', cjson.encode({ state = 'known', pin = member.pin, generation = member.generation }) }
