--[[ Opening, pausing and closing a booth are one act with three outcomes. Needs `fair`. ]]

-- A booth without a ticket takes the state; gives what a command gives.
local function turn(id, state, kind)
  local booth = row('booths', id)
  if booth.ticket then refuse('booth_busy', { booth = booth.id, number = row('tickets', booth.ticket).number }) end
  if booth.state == state then refuse('booth_unchanged', { booth = booth.id, state = state }) end
  booth.state, booth.since = state, now
  return kind, { booths = { booth } }
end
