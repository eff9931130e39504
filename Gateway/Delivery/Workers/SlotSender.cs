using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// Sends what is new in the market to the sessions of a worker: to most in batches, by their <see cref="SendState"/> alone, and to the
/// others by asking them. Only the worker may call it.
/// </summary>
/// <param name="slots">The worker's slots.</param>
/// <param name="feed">The market.</param>
/// <param name="transport">Sends batches of frames.</param>
/// <param name="sent">Counts what is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class SlotSender(SlotTable slots, IMarketFeed feed, ISendTransport transport, SentCounts sent, TimeProvider time)
{
    private readonly FrameSend[] _batch = new FrameSend[transport.BatchSize];
    private readonly DueQueue _due = new();
    private LastFrame _last;
    private MarketState _walked = MarketState.Empty;

    /// <summary>How long the next call of <see cref="SendNews"/> may wait if the market does not change.</summary>
    public TimeSpan UntilNext => _due.Earliest is { } due ? time.GetElapsedTime(time.GetTimestamp(), due) : TimeSpan.MaxValue;

    /// <summary>Walks all slots if the market has changed, then flushes those that are due.</summary>
    public void SendNews()
    {
        if (feed.Newest is var newest && newest != _walked)
        {
            Walk(newest);
        }

        for (var now = time.GetTimestamp(); _due.TakeDue(now) is { } slot;)
        {
            Flush(slot);
        }
    }

    /// <summary>Makes the session of a slot send what it can.</summary>
    public void Flush(SessionSlot slot) => Flush(ref slots.States[slot.Index]);

    /// <summary>Forgets a slot that has been removed.</summary>
    public void Forget(SessionSlot slot) => _due.Remove(slot);

    /// <summary>Sends every session what is new, batch by batch: prepares frames, sends them and records what was sent.</summary>
    private void Walk(MarketState newest)
    {
        if (newest.Symbols != _walked.Symbols)
        {
            slots.ForEach(session => session.Channel.OnSymbolsChanged(newest));
        }

        if (!ReferenceEquals(newest.Origin, _walked.Origin))
        {
            AskWhoWantsStatus();
        }

        _walked = newest;
        var now = time.GetTimestamp();
        var states = slots.States;
        for (var next = 0; next < states.Length;)
        {
            var batch = Prepare(states, ref next, now);
            if (!batch.IsEmpty)
            {
                Send(states, batch);
            }
        }
    }

    /// <summary>Has those sessions asked in this walk whose clients want to know which exchanges come and go.</summary>
    private void AskWhoWantsStatus()
    {
        foreach (ref var state in slots.States)
        {
            if (state.Slot.Session!.Channel.WantsStatus)
            {
                (state.Socket, state.QuietUntil) = (null, 0);
            }
        }
    }

    /// <summary>
    /// Prepares the frames of the next slots, up to a batch of slots. Sessions that have to be asked are flushed here instead.
    /// </summary>
    private Span<FrameSend> Prepare(Span<SendState> states, ref int next, long now)
    {
        var newest = feed.Newest;
        var count = 0;
        for (var end = Math.Min(next + _batch.Length, states.Length); next < end; next++)
        {
            ref var state = ref states[next];
            if (state.Socket is not { } socket)
            {
                if (state.QuietUntil <= now)
                {
                    Flush(ref state);
                }
            }
            else if ((_last.IsFor(newest, in state) || TryLookUp(newest, in state)) && !_last.Frame.IsEmpty)
            {
                _batch[count++] = new FrameSend { SlotIndex = next, Socket = socket, Frame = _last.Frame, To = _last.To };
            }
        }

        return _batch.AsSpan(0, count);
    }

    /// <returns>False if the frame could not be built, which ends the session.</returns>
    private bool TryLookUp(MarketState newest, ref readonly SendState state)
    {
        try
        {
            _last.LookUp(newest, in state);
            return true;
        }
        catch (Exception e)
        {
            slots.EndFailed(state.Slot, e);
            return false;
        }
    }

    private void Send(Span<SendState> states, Span<FrameSend> batch)
    {
        try
        {
            transport.Send(batch);
        }
        finally
        {
            Commit(states, batch); // If this fails halfway, some frames have been sent.
        }
    }

    private void Commit(Span<SendState> states, Span<FrameSend> batch)
    {
        foreach (ref readonly var send in batch)
        {
            ref var state = ref states[send.SlotIndex];
            if (send.Taken > 0)
            {
                state.Cursor = send.To;
                sent.Frames++;
            }

            if (send.Taken != send.Frame.Length)
            {
                // The socket is full or gone; the session finds out which.
                Flush(ref state, send.Taken > 0 ? send.Frame[send.Taken..] : default);
            }
        }

        batch.Clear(); // So that it keeps no socket or frame alive.
    }

    /// <summary>Makes a session send what it can, and updates its state.</summary>
    /// <param name="state">The session's state.</param>
    /// <param name="rest">The rest of a frame whose beginning the socket took.</param>
    private void Flush(ref SendState state, ReadOnlyMemory<byte> rest = default)
    {
        try
        {
            var session = state.Slot.Session!;
            state.Socket = null; // Also if this fails.
            var wait = session.Flush(feed, time, sent, ref state.Cursor, rest);
            (state.Socket, state.Frames) = session.DirectSend;
            ScheduleNextFlush(ref state, session, wait);
        }
        catch (Exception e)
        {
            slots.EndFailed(state.Slot, e);
        }
    }

    private void ScheduleNextFlush(ref SendState state, Session session, TimeSpan wait)
    {
        if (wait == TimeSpan.MaxValue)
        {
            state.QuietUntil = 0;
            _due.Remove(state.Slot);
            return;
        }

        var due = time.GetTimestamp() + (long)Math.Ceiling(wait.TotalSeconds * time.TimestampFrequency);
        state.QuietUntil = session.IsBlocked ? 0 : due; // A socket may take bytes again at any time.
        _due.Set(state.Slot, due);
    }
}
