using System.Text.Json;
using OrleansTicker.Grains.Ticker;
using Orleans.Storage;

namespace OrleansTicker.Tests.Grains.Ticker;

/// <summary>A store for one record with ETags, as Redis has them, that fails in the ways in which a store can.</summary>
internal sealed class TickerStore
{
    private string? _record;
    private string? _etag;
    private int _writes;

    /// <summary>Whether no call succeeds.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether writes are made and then fail.</summary>
    public bool IsLosingAnswers { get; set; }

    /// <summary>Loses the record.</summary>
    public void Empty() => _record = _etag = null;

    /// <summary>The record as an activation holds it, just read.</summary>
    public IPersistentState<TickerState> Open()
    {
        var state = new Opened(this);
        state.Read();
        return state;
    }

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new IOException("The store is away because the test says so.");
        }
    }

    private sealed class Opened(TickerStore store) : IPersistentState<TickerState>
    {
        public TickerState State { get; set; } = new();

        public string? Etag { get; private set; }

        public bool RecordExists => Etag is not null;

        public void Read()
        {
            store.ThrowIfAway();
            State = store._record is { } record ? JsonSerializer.Deserialize<TickerState>(record)! : new TickerState();
            Etag = store._etag;
        }

        public Task ReadStateAsync()
        {
            Read();
            return Task.CompletedTask;
        }

        public Task WriteStateAsync()
        {
            store.ThrowIfAway();
            if (Etag != store._etag)
            {
                throw new InconsistentStateException($"Stored {store._etag}, written over {Etag}");
            }

            store._record = JsonSerializer.Serialize(State);
            store._etag = $"{++store._writes}";
            if (store.IsLosingAnswers)
            {
                throw new TimeoutException("The answer is lost because the test says so.");
            }

            Etag = store._etag;
            return Task.CompletedTask;
        }

        public Task ClearStateAsync() => throw new NotSupportedException();
    }
}
