--[[ Who is a chief, and whether there is another one: a fair keeps one chief at least. KEYS[1]: the members. ]]

local function is_chief(member)
  if member.revoked then return false end
  for _, role in ipairs(member.roles) do
    if role == 'chief' then return true end
  end
  return false
end

local function another_chief(but)
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    if all[i] ~= but and is_chief(cjson.decode(all[i + 1])) then return true end
  end
  return false
end
