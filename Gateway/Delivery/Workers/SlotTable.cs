using System.Runtime.InteropServices;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>The slots of a worker that have sessions, contiguous in memory. Only the worker may call it.</summary>
internal sealed partial class SlotTable(ILogger logger)
{
    private readonly List<SendState> _states = [];

    /// <summary>The states of all slots. Invalid after the next <see cref="Add"/> or <see cref="Remove"/>.</summary>
    public Span<SendState> States => CollectionsMarshal.AsSpan(_states);

    /// <summary>Adds a slot with its session.</summary>
    public void Add(SessionSlot slot, Session session, Cursor cursor)
    {
        slot.Session = session;
        slot.Index = _states.Count;
        _states.Add(new SendState { Slot = slot, Cursor = cursor });
    }

    /// <summary>Removes a slot; the last one takes its index.</summary>
    public void Remove(SessionSlot slot)
    {
        var last = _states[^1];
        _states[slot.Index] = last;
        last.Slot.Index = slot.Index;
        _states.RemoveAt(_states.Count - 1);
        slot.Index = -1;
    }

    /// <summary>Runs an action for each session, as <see cref="Guard"/> does.</summary>
    public void ForEach(Action<Session> act)
    {
        Action<SessionSlot> actForSlot = slot => act(slot.Session!);
        foreach (ref var state in States)
        {
            Guard(state.Slot, actForSlot);
        }
    }

    /// <summary>Runs an action for each session and the cursor of its client, as <see cref="Guard"/> does.</summary>
    public void ForEach(Action<Session, Cursor> act)
    {
        Action<SessionSlot> actForSlot = slot => act(slot.Session!, States[slot.Index].Cursor);
        foreach (ref var state in States)
        {
            Guard(state.Slot, actForSlot);
        }
    }

    /// <summary>Runs an action for a slot. A failure ends only the slot's session.</summary>
    public void Guard(SessionSlot slot, Action<SessionSlot> act)
    {
        try
        {
            act(slot);
        }
        catch (Exception e)
        {
            EndFailed(slot, e);
        }
    }

    /// <summary>
    /// Ends a session whose code has thrown. The first time, it is closed with a reason; if it fails again, its connection is cut.
    /// </summary>
    public void EndFailed(SessionSlot slot, Exception failure)
    {
        LogFailed(failure);
        if (slot.Index >= 0)
        {
            States[slot.Index].Socket = null; // From now on the session is asked.
        }

        if (slot.Session is { Reason: null } session)
        {
            session.End(CloseReason.ConnectionLost); // Its connection may be intact, so the client gets a close frame.
        }
        else
        {
            slot.Session?.FailConnection(new IOException("The session failed.", failure));
        }
    }

    [LoggerMessage(3100, LogLevel.Error, "A session failed while it was sent to, and was ended")]
    private partial void LogFailed(Exception e);
}
