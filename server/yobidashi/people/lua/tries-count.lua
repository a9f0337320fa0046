--[[ tries-count: something is sent from a network address. It is counted for a while, and refused where it is too often.

KEYS    the fair's keys (people/keys.py)   13 what was sent from this address
ARGV    1 how often at most   2 ms they are remembered
gives   {'done', how often}, or {'refused', JSON}: too_often
]]
local before = tonumber(redis.call('GET', KEYS[13]) or 0)
if before >= tonumber(ARGV[1]) then
  local wait = math.max(1, math.ceil(redis.call('PTTL', KEYS[13]) / 1000))
  return { 'refused', cjson.encode({ code = 'too_often', detail = { wait_s = wait } }) }
end
redis.call('INCR', KEYS[13])
redis.call('PEXPIRE', KEYS[13], ARGV[2], 'NX')
return { 'done', before + 1 }
