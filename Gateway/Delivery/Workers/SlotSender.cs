using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>
/// Sends the sessions of a worker what is new in the market: most by their <see cref="SendState"/> alone, in batches, and the others by asking
/// them. For the worker.
/// </summary>
/// <param name="slots">The worker's slots.</param>
/// <param name="feed">The market.</param>
/// <param name="transport">The way to the kernel.</param>
/// <param name="sent">Where to count what is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class SlotSender(SlotTable slots, IMarketFeed feed, ISendTransport transport, SentCounts sent, TimeProvider time)
{
    private readonly FrameSend[] _batch = new FrameSend[transport.BatchSize];
    private readonly DueQueue _due = new();
    private LastFrame _last;
    private MarketState _walked = MarketState.Empty;

    /// <summary>How long the next call of <see cref="SendNews"/> may wait while the market stands still.</summary>
    public TimeSpan UntilNext => _due.Earliest is { } due ? time.GetElapsedTime(time.GetTimestamp(), due) : TimeSpan.MaxValue;

    /// <summary>Walks all slots where the market has moved, and serves those that are due where it has not.</summary>
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

    /// <summary>Has the session of a slot send what it can.</summary>
    public void Flush(SessionSlot slot) => Flush(ref slots.States[slot.Index]);

    /// <summary>Forgets a slot that has been removed.</summary>
    public void Forget(SessionSlot slot) => _due.Remove(slot);

    /// <summary>Sends every session what is new, in batches: frames are prepared, sent, and entered as sent.</summary>
    private void Walk(MarketState newest)
    {
        if (newest.Symbols != _walked.Symbols)
        {
            slots.ForEach(session => session.Channel.OnSymbolsChanged(newest));
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

    /// <summary>Prepares the frames of the next slots, as many slots as make a batch. Sessions that have to be asked are asked, which sends what they have.</summary>
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

    /// <returns>False where the frame cannot be made, which ends the session.</returns>
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
            Commit(states, batch); // What has been sent has been sent.
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
                // Full or gone: the session finds out for itself.
                Flush(ref state, send.Taken > 0 ? send.Frame[send.Taken..] : default);
            }
        }

        batch.Clear(); // It holds on to no socket or frame.
    }

    /// <summary>Has a session send what it can, and takes note of what it has become.</summary>
    /// <param name="state">The session's state.</param>
    /// <param name="rest">What is left of a frame of which the socket took the beginning.</param>
    private void Flush(ref SendState state, ReadOnlyMemory<byte> rest = default)
    {
        try
        {
            var session = state.Slot.Session!;
            state.Socket = null; // Also where this fails.
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
