using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Sending;

/// <summary>
/// The batches of one shard that may have to be sent, again if need be: those that its store does not have. Thread-safe: the ticker adds, a sender
/// sends.
/// </summary>
internal sealed class ShardLine(int shard)
{
    /// <summary>
    /// How many candles are kept, each batch counted as one more: those of two minutes with 5,000 symbols that all change each second. All
    /// shards together then take some 150 MB.
    /// </summary>
    public const int Capacity = 16_384;

    /// <summary>How many candles go in one call: less than a megabyte. A single batch may have more.</summary>
    public const int MostPerCall = 4096;

    private readonly Lock _gate = new();
    private readonly List<CandleBatch> _batches = [];
    private CandlePosition? _taken;
    private int _size;
    private bool _isBusy;

    /// <summary>The number of the shard.</summary>
    public int Shard => shard;

    /// <summary>Whether its last call failed.</summary>
    public bool IsFailing { get; set; }

    /// <summary>Whether a sender is at work.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _isBusy;
            }
        }
    }

    /// <summary>Whether there are batches that the shard has not confirmed.</summary>
    public bool HasUnsent
    {
        get
        {
            lock (_gate)
            {
                return FindUnsent() < _batches.Count;
            }
        }
    }

    /// <summary>Adds the next batch. Where there are too many, the oldest go.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="lost">How many candles have gone that the shard never took.</param>
    /// <returns>Whether a sender has to come.</returns>
    public bool Add(CandleBatch batch, out int lost)
    {
        lock (_gate)
        {
            _batches.Add(batch);
            _size += SizeOf(batch);
            (lost, var dropped) = (0, 0);
            for (; _size > Capacity && dropped < _batches.Count - 1; dropped++)
            {
                _size -= SizeOf(_batches[dropped]);
                lost += IsUnsent(_batches[dropped]) ? _batches[dropped].Seconds.Length : 0;
            }

            _batches.RemoveRange(0, dropped);
            return Begin();
        }
    }

    /// <summary>Makes the line busy if it is not and has something to send.</summary>
    public bool TryBegin()
    {
        lock (_gate)
        {
            return FindUnsent() < _batches.Count && Begin();
        }
    }

    /// <summary>The batches of the next call. Where there are none, the line is no longer busy.</summary>
    public ImmutableArray<CandleBatch> Next()
    {
        lock (_gate)
        {
            var from = FindUnsent();
            var (to, size) = (from, 0);
            for (; to < _batches.Count && (to == from || size + SizeOf(_batches[to]) <= MostPerCall); to++)
            {
                size += SizeOf(_batches[to]);
            }

            _isBusy = to > from;
            return [.. _batches[from..to]];
        }
    }

    /// <summary>Ends a sender's work before all is sent.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isBusy = false;
        }
    }

    /// <summary>Takes an answer of the shard. Its silo may have died in between, so it may have less than before.</summary>
    /// <returns>Whether another call makes sense: the shard has taken something, or there is something else to send.</returns>
    public bool Acknowledge(CandleReceipt receipt)
    {
        lock (_gate)
        {
            var hasMoved = receipt.Taken != _taken;
            _taken = receipt.Taken;
            var stored = _batches.FindIndex(batch => batch.At > receipt.Stored || batch.At > receipt.Taken) is >= 0 and var first ? first : _batches.Count;
            _size -= _batches.Take(stored).Sum(SizeOf);
            _batches.RemoveRange(0, stored);

            // What lies between is gone, here as there: the shard has to go on without it.
            if (_batches is [{ } next, ..] && next.After > receipt.Taken)
            {
                _batches[0] = next with { After = default };
                hasMoved = true;
            }

            return hasMoved;
        }
    }

    private static int SizeOf(CandleBatch batch) => batch.Seconds.Length + 1;

    private bool Begin()
    {
        var isFree = !_isBusy;
        _isBusy = true;
        return isFree;
    }

    private bool IsUnsent(CandleBatch batch) => _taken is not { } taken || batch.At > taken;

    private int FindUnsent() => _batches.FindIndex(IsUnsent) is >= 0 and var index ? index : _batches.Count;
}
