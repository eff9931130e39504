using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Candles.Keeping;
using OrleansTicker.Grains.Candles.Storing;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Ticker;
using OrleansTicker.History;

namespace OrleansTicker.Grains.Candles.Shards;

/// <summary>
/// Decides which shards leave this silo because it has more than its share. Shards are placed when they are first called, so all of them are on the
/// silo of a cluster that starts first, and those of a silo that has died are on the others. One leaves after the other, so that few are on the
/// way at any time. When the silo stops, nobody waits for shards that leave with it. Thread-safe.
/// </summary>
/// <remarks>
/// None leaves while nothing can be stored: what only its memory has would be lost, or would have to be sent again. None leaves for another
/// machine with a file of its own, which has nothing of it.
/// </remarks>
internal sealed class ShardSpread(ISiloStatusOracle silos, HistoryWriter writer, IOptions<HistoryOptions> options, TimeProvider time)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>When the silo stops: after <see cref="LastCandles"/>, whose batches would let calls wait again.</summary>
    private const int StopStage = ServiceLifecycleStage.Last - 1;

    private readonly Lock _using = new();
    private readonly Dictionary<ShardCandles, long?> _here = []; // When it was told to leave.
    private long? _toldAt;

    /// <summary>How often each shard asks.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time from one shard that leaves to the next.</summary>
    private TimeSpan Pause => CheckInterval / 16;

    /// <summary>Notes a shard that is active here.</summary>
    public void Add(ShardCandles shard)
    {
        lock (_using)
        {
            _here[shard] = null;
        }
    }

    /// <summary>Forgets a shard that has ended.</summary>
    public void Remove(ShardCandles shard)
    {
        lock (_using)
        {
            _here.Remove(shard);
        }
    }

    /// <summary>Whether a shard has to leave now. If so, it counts as gone.</summary>
    public bool TryLeave(ShardCandles shard)
    {
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys;
        if (active.Count < 2 || writer.IsAway || shard.Receipt.Stored == default || !active.All(HasSameHistory))
        {
            return false;
        }

        var share = (ICandleGrain.Shards + active.Count - 1) / active.Count;
        lock (_using)
        {
            if ((_toldAt is { } toldAt && time.GetElapsedTime(toldAt) < Pause) || _here.Values.Count(IsStaying) <= share)
            {
                return false;
            }

            _here[shard] = _toldAt = time.GetTimestamp();
            return true;
        }
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(ShardSpread), StopStage, _ => Task.CompletedTask, _ => EndWaits());

    private Task EndWaits()
    {
        lock (_using)
        {
            foreach (var shard in _here.Keys)
            {
                shard.EndWaits();
            }
        }

        return Task.CompletedTask;
    }

    private bool HasSameHistory(SiloAddress silo) =>
        options.Value.IsProvider(HistoryOptions.PostgreSql)
        || (options.Value.IsProvider(HistoryOptions.Sqlite) && silo.Endpoint.Address.Equals(silos.SiloAddress.Endpoint.Address));

    private bool IsStaying(long? toldAt) => toldAt is not { } told || time.GetElapsedTime(told) >= CheckInterval;
}
