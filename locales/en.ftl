### English. One file per language for all surfaces; ids begin with the part that needs them:
### common-, chat- (every chat window), widget-, customer-, agent-, problem-<code>.

## Everywhere

common-product = Deskbell
common-today = Today
common-yesterday = Yesterday
common-close = Close
common-cancel = Cancel
common-dismiss = Put away
common-live = Live
common-connecting = Connecting
common-catching-up = Catching up
common-offline = Offline: your replies will be sent
common-ended = Not connected
common-over-target = longer than the reply target

## Every chat window

chat-you = You
chat-typing = { $count ->
    [one] { $name } is typing
    [2] { $name } and { $other } are typing
   *[other] Several people are typing
}
chat-agents-only = Agents only
chat-note-by = { $name }, agents only
chat-note-prompt = Note for agents only
chat-add-note = Add note
chat-send = Send
chat-enter-sends = Enter sends
chat-who-reads = Who will read this?
chat-left = { $count ->
    [one] 1 character left
   *[other] { $count } characters left
}
chat-too-long = { $count ->
    [one] 1 character too many
   *[other] { $count } characters too many
}
chat-sending = Sending
chat-not-sent = Not sent.
chat-try-again = Try again
chat-copy-text = Copy text
chat-show-older = Show earlier messages
chat-to-newest = To the newest message
chat-new-below = { $count ->
    [one] 1 new message
   *[other] { $count } new messages
}
chat-announce-many = { $named ->
    [yes] { $count } new messages from { $name }
   *[no] { $count } new messages
}
chat-entry-requested = { $you ->
    [yes] You asked for a chat
   *[no] { $name } asked for a chat
}
chat-entry-accepted = { $you ->
    [yes] You accepted the chat
   *[no] { $name } accepted the chat
}
chat-entry-joined = { $you ->
    [yes] You joined
   *[no] { $name } joined
}
chat-entry-left = { $you ->
    [yes] You left
   *[no] { $name } left
}
chat-entry-returned = Thank you for waiting. Somebody else will take over.
chat-entry-returned-agent = { $reason ->
    [lease_ended] The agent was gone too long: the chat went back to the channel
    [right_lost] The agent may no longer answer here: the chat went back to the channel
   *[handed_back] { $you ->
        [yes] You handed the chat back to the channel
       *[no] { $name } handed the chat back to the channel
    }
}
chat-entry-closed = { $reason ->
    [withdrawn] { $you ->
        [yes] You withdrew the request
       *[no] { $name } withdrew the request
    }
    [declined] { $you ->
        [yes] You declined
       *[no] { $name } declined
    }
    [expired] The chat was closed: nothing happened for a long time
    [expired_system] The chat was closed: nothing happened for a long time
    [switched_off] The chat was closed: chat was switched off
    [switched_off_system] The chat was closed: chat was switched off
   *[by_agent] { $you ->
        [yes] You closed the chat
       *[no] { $name } closed the chat
    }
}

## The visitor's panel and public chat page

widget-title = Chat
widget-message = Your message
widget-message-hint = How can we help?
widget-message-missing = Write a message first.
widget-name = Your name
widget-name-missing = Please tell us your name.
widget-channel = Who should answer?
widget-somebody-there = Somebody is there
widget-nobody-there = Nobody is there
widget-start = Start chat
widget-starting = Starting
widget-looking = We are looking who is there.
widget-nobody = Nobody is free right now. We keep looking and say so here as soon as somebody is back.
widget-nobody-in-channel = Nobody is there for this right now. Choose another one, or wait here: we keep looking.
widget-nobody-why = Nobody is free right now
widget-text-stays = Your text stays here.
widget-not-offered = There is no chat here at the moment.
widget-unreachable = We cannot be reached right now. What you type stays here; we keep trying.
widget-start-unknown = We cannot be reached right now. Your text stays here. Try again: it will be sent once.
widget-loading = Fetching your conversation
widget-gone = This conversation cannot be shown any more.
widget-log = Conversation
widget-write = Write a message
widget-about-waiting = Waiting for an answer
widget-about-closed = This conversation has ended
widget-agent-online = is there
widget-agent-offline = is not there right now
widget-waiting = Thank you. Please wait a moment, somebody will be with you shortly.
widget-waiting-on = We keep your place and go on looking for somebody.
widget-place = { $place ->
    [1] You are next.
   *[other] You are number { $place } in the line.
}
widget-no-answer = Nobody could answer yet, and we are sorry for that. If you go on waiting, you keep your place.
widget-keep-waiting = Keep waiting
widget-agent-lost = The other side has lost the connection. Please stay: if it does not come back soon, somebody else takes over.
widget-closed = { $reason ->
    [by_external] You have ended this conversation.
    [withdrawn] You ended this conversation before somebody answered.
    [declined] The request was declined.
    [expired] This conversation has ended, because nothing happened for a long time.
    [switched_off] This conversation has ended: chat is switched off at the moment.
   *[by_agent] This conversation was ended by our side.
}
widget-text-goes-on = What you typed goes into the new one.
widget-new = New conversation
widget-end = End conversation
widget-end-short = End
widget-end-sure = End this conversation?
widget-end-hint = You can start a new one at any time.
widget-not-done = We cannot be reached right now. Try again in a moment.
widget-hide = Hide chat

## The customer portal

customer-title = Help desk
customer-sign-in-text = Sign in to chat with us and to read what was said.
customer-login = Login
customer-password = Password
customer-sign-in = Sign in
customer-sign-out = Sign out
customer-was-signed-out = You were signed out. Sign in again to go on.
customer-unreachable = We cannot be reached right now. This page tries again by itself.
customer-hello = Hello, { $name }
customer-home-text = We are there for you. Open the chat to begin a conversation.
customer-home-nobody = Nobody is free right now. The chat says so when that changes.
customer-running = Running conversations
customer-past = Past conversations
customer-no-past = There are none yet.
customer-more = Show more
customer-fetching = Fetching your conversations
customer-waiting = Waiting
customer-unread = { $count ->
    [one] 1 unread message
   *[other] { $count } unread messages
}
customer-open-chat = Chat with us
customer-close-chat = Close chat
customer-chat = Chat
customer-all = Conversations
customer-conversation = Conversation
customer-back = All conversations
customer-go-on = Go on with this conversation

## The agent interface

agent-organizer = Organizer
agent-home = Home
agent-chats = Chats
agent-archive = Archive
agent-skip = To the content
agent-fetching = Fetching …
agent-save = Save

agent-people-waiting = { $count ->
    [one] 1 person waiting
   *[other] { $count } people waiting
}
agent-waiting-longest = { $count ->
    [one] 1 person waiting, { $time }
   *[other] { $count } people waiting, longest { $time }
}
agent-my-chats = My chats
agent-no-chats = No running chats. When you accept somebody, the chat appears here.
agent-nobody-yet = Nobody yet
agent-waits-again = waits again
agent-unread = unread

agent-receives = { $what ->
    [channels] { $who ->
        [customers] You will receive: requests of customers in { $channels }, and chats with colleagues.
        [visitors] You will receive: requests of visitors in { $channels }, and chats with colleagues.
       *[both] You will receive: requests of customers and visitors in { $channels }, and chats with colleagues.
    }
    [channels_only] { $who ->
        [customers] You will receive: requests of customers in { $channels }.
        [visitors] You will receive: requests of visitors in { $channels }.
       *[both] You will receive: requests of customers and visitors in { $channels }.
    }
    [closed] You will receive: chats with colleagues only. Customers and visitors cannot start chats in your channels.
    [closed_nothing] You will receive: nothing. Chats with you cannot be started as the system is configured.
    [no_channels] You will receive: chats with colleagues only. No chat channel is selected.
    [no_channels_nothing] You will receive: nothing. No chat channel is selected.
    [internal] You will receive: chats with colleagues only.
    [internal_nothing] You will receive: nothing. Chats among agents are switched off.
    [chat_off] You will receive: nothing. Chat is switched off in the system configuration.
   *[unavailable] You will receive: nothing. Your running chats go on.
}
agent-choose-channels = Select channels
agent-take-chats = Make me available

agent-availability-label = Chat availability
agent-availability = { $is ->
    [internal_and_external] Taking chats
    [internal] Colleagues only
   *[unavailable] Not taking chats
}
agent-availability-hint = { $is ->
    [internal_and_external] From customers, visitors and colleagues
    [internal] Internal chats
   *[unavailable] Running chats go on
}
agent-personalization = Personalization: { $name }
agent-chat-availability = Chat availability
agent-notification-settings = Notification settings
agent-my-channels = My Chat Channels
agent-my-channels-why = Requests in these channels are announced and counted, and you can accept them.
agent-no-channels-offered = There is no channel that you may accept requests in. Ask your administrator for the right.
agent-notifications = { $is ->
    [granted] Your browser tells you when somebody waits.
    [denied] Your browser blocks notifications of this page. Its settings for this address can change that.
   *[default] Your browser can tell you when somebody waits, even while you look at something else.
}
agent-allow-notifications = Allow notifications
agent-language = Language
agent-theme = Appearance
agent-theme-name = { $is ->
    [light] Light
    [dark] Dark
   *[system] As the system
}
agent-sign-out = Sign out
agent-sign-out-title = Sign out?
agent-sign-out-text = { $count ->
    [one] You have 1 running chat. It goes back to its channel, and somebody else can accept it.
   *[other] You have { $count } running chats. They go back to their channels, and somebody else can accept them.
}

agent-people = People
agent-people-tab = { $is ->
    [customers] Customers
    [out_of_office] Out of office
   *[agents] Agents
}
agent-people-search = Search by name, company or login
agent-people-none = { $tab ->
    [customers] No customer is logged in now.
    [out_of_office] Nobody is out of office today.
   *[agents] No agent is logged in now.
}
agent-people-not-found = Nobody here matches “{ $q }”.
agent-people-size = Rows per page
agent-people-page = Page { $page }
agent-people-previous = Previous page
agent-people-next = Next page
agent-presence = { $is ->
    [active] Active
    [away] Away
    [unavailable] Unavailable
   *[offline] Offline
}
agent-out-until = Out of office until { $day }

agent-out-of-office = Out of office
agent-out-why = On these days your colleagues see that you are out of office. What reaches you is set by your chat availability.
agent-out-zone = Time zone
agent-out-range = Days { $n }
agent-out-from = First day
agent-out-to = Last day
agent-out-none = No days are set.
agent-out-add = Add days
agent-out-remove = Remove days { $n }
agent-out-missing = Choose the first and the last day of each line.
agent-out-order = A last day comes before its first day.
agent-out-full = More than { $count } lines cannot be kept.

agent-supervisor = Channels you own
agent-supervisor-waiting = { $count ->
    [0] Nobody waits
    [one] 1 waits
   *[other] { $count } wait
}
agent-supervisor-available = { $count ->
    [0] No agent available
    [one] 1 agent available
   *[other] { $count } agents available
}
agent-supervisor-running = { $count ->
    [0] No running chats
    [one] 1 running chat
   *[other] { $count } running chats
}
agent-supervisor-chat = { $name } with { $agents }
agent-supervisor-more = and { $count } more

agent-request-list = Waiting for a reply
agent-waiting-requests = Waiting requests
agent-filter = Which requests
agent-filter-mine = My channels
agent-filter-all = All channels
agent-newer = { $count ->
    [one] new: show it
   *[other] new: show them
}
agent-nobody-waits = Nobody is waiting.
agent-nobody-waits-mine = Nobody is waiting in your channels. Others wait under “All channels”.
agent-column-type = Type
agent-column-requester = Requester
agent-column-channel = Channel
agent-column-waiting = Waiting
agent-column-message = First message
agent-column-action = Action
agent-column-with = With
agent-column-last = Last message
agent-column-ended = Last change
agent-kind = { $is ->
    [public_user] Visitor
    [customer_user] Customer
   *[agent] Agent
}
agent-role = { $is ->
    [owner] Owner
    [participant] Participant
    [observer] Observer
   *[external] Customer
}
agent-preview = Preview the request of { $name }
agent-accept = Accept
agent-accept-whom = Accept { $name }
agent-accepted-instead = { $by } took this chat a moment earlier. { $count ->
    [0] Nobody else is waiting.
    [one] 1 other is waiting.
   *[other] { $count } others are waiting.
}
agent-add-channel-short = Add to mine
agent-add-channel = Add { $channel } to My Chat Channels
agent-channel-added = { $channel } is one of your chat channels now.
agent-request-gone = No longer waiting
agent-so-far = What was said so far
agent-not-taking = You are not taking chats, so you cannot accept anybody.

agent-chat-with = Chat with { $name }
agent-history = Messages with { $name }
agent-channel-with = { $count ->
    [one] { $channel }, with { $name }
   *[other] { $channel }, with { $name } and others
}
agent-everyone = { $name } and agents
agent-message-to = Message to { $name }
agent-here = connected
agent-not-here = not connected
agent-has-left = has left
agent-participants = Participants
agent-created = Created
agent-minimise = Minimise
agent-put-away = Put away
agent-chat-menu = More for this chat
agent-hand-back = Hand back to the channel
agent-leave = Leave the chat
agent-close-chat = Close the chat
agent-close-title = Close the chat with { $name }?
agent-close-text = It becomes read-only for everybody and goes to the archive. It cannot be opened again.
agent-leave-title = Leave the chat with { $name }?
agent-leave-text = The others go on without you.
agent-hand-back-title = Hand the chat with { $name } back?
agent-hand-back-text = It waits in { $channel } again until somebody accepts it.
agent-hand-back-go = Hand back
agent-handed-back = { $name } waits in { $channel } again.
agent-chat-gone = This chat is no longer yours to see.
agent-closed = { $reason ->
    [by_external] Ended by the other side, { $at }.
    [withdrawn] The request was withdrawn, { $at }.
    [declined] The request was declined, { $at }.
    [expired] Closed because nothing happened for a long time, { $at }.
    [switched_off] Closed because chat was switched off, { $at }.
   *[by_agent] Closed by an agent, { $at }.
}
agent-closed-short = closed
agent-waits-in-channel = Waits in { $channel } for somebody to accept.
agent-read-only = You can read this chat, but not write in it.

agent-archived-chat = Archived chat
agent-archive-empty = No closed chats yet. When a chat is closed, it can be read here.
agent-archive-more = Show more

agent-sign-in = Sign in
agent-sign-in-text = Sign in as an agent of the help desk.
agent-login = Login
agent-password = Password
agent-signed-out-here = You are signed out.
agent-signed-out-elsewhere = Your session has ended. Sign in again; what you typed is kept.
agent-setup = Set up Deskbell
agent-setup-text = You become the first agent, with the right to administer.
agent-setup-code = Setup code
agent-setup-code-hint = Deskbell printed it when it started.
agent-name = Name
agent-name-hint = As colleagues and customers will see it.
agent-password-hint = At least 10 characters.
agent-setup-go = Begin

agent-keys = Keyboard
agent-key-on = on
agent-key-name = { $is ->
    [enter] Enter
    [shift-enter] Shift + Enter
    [escape] Esc
   *[arrows] ↑ ↓
}
agent-key-does = { $is ->
    [enter] Send
    [shift-enter] New line
    [escape] Close what is on top
    [arrows] Move in a list or menu
    [sheet] This sheet
    [chats] Who is waiting
    [home] Home
   *[archive] Archive
}

agent-notice-request = { $name } is waiting in { $channel }
agent-notice-message = { $name }

## Refusals, by the code of the problem

problem-not_found = This is not here, or not yours to see.
problem-empty_text = There is no text in it. Write something first.
problem-too_long = The text is too long: { $limit } characters fit. Shorten it or send it in parts.
problem-already_taken = { $by } took this chat first.
problem-chat_closed = This chat is closed. Your text is kept.
problem-not_accepted = Nobody has accepted this chat yet.
problem-not_allowed = You do not have the right to do this in this channel. Your administrator can give it to you.
problem-you_are_unavailable = You are not taking chats. Make yourself available first.
problem-would_leave_alone = You are the last agent here. Close the chat, or hand it back to the channel.
problem-not_offered = Chats cannot be started here.
problem-nobody_available = Nobody is free right now. Your text is kept.
problem-cid_reused = This could not be sent as it is. Copy the text and send it anew.
problem-signed_out = You are not signed in any more. Sign in again; what you typed is kept.
problem-wrong_login = Login and password do not match. Check both and try again.
problem-wrong_setup_code = This setup code is not valid. Use the one that Deskbell printed at its last start.
problem-unfit_password = A password has at least 10 characters and at most 256 bytes. Choose another one.
problem-unfit_days = These days or this time zone cannot be kept. Check them and save again.
problem-taken = This name is taken already. Choose another one.
problem-foreign_page = This page is not open at its own address. Open it there and try again.
problem-bad_input = The server did not understand this. Load the page again.
problem-too_many = That was a lot in a short time. Wait a moment and try again.
problem-busy = The server has too much to do right now; nothing was changed. Try again in a moment.
problem-unknown = It is not known yet whether this was stored. Try again: it will be stored once.
problem-unavailable = The server cannot reach its data right now. Try again in a moment.
problem-too_large = This is more than can be sent at once. Send it in parts.
problem-internal = Something went wrong on our side; it has been noted. Try again in a moment.
problem-unreachable = The server cannot be reached. Check your connection and try again.
