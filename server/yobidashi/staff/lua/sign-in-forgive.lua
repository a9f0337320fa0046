--[[ sign-in-forgive: a try that was no failure is taken back.

KEYS    the fair's keys (staff/keys.py)   8 failures at this device   9 failures from this address
gives   nothing
]]
for _, key in ipairs({ KEYS[8], KEYS[9] }) do
  if tonumber(redis.call('GET', key) or 0) > 0 then redis.call('DECR', key) end
end
