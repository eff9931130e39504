using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Tests.Grains.Candles.Sending;

/// <summary>A grain factory whose only grains are shards that keep what they take, and answer as the test says.</summary>
public class ShardGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<long, Shard> _shards = new();
    private readonly Lock _gate = new();
    private int _calls;

    /// <summary>What a shard does before it takes batches; nothing by default.</summary>
    internal Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether shards store what they take at once.</summary>
    internal bool IsStoring { get; set; } = true;

    /// <summary>The most calls at once so far.</summary>
    internal int MostCalls { get; private set; }

    internal static (IGrainFactory Factory, ShardGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, ShardGrains>();
        return (factory, (ShardGrains)(object)factory);
    }

    internal Shard Of(int shard) => _shards.GetOrAdd(shard, number => new Shard(this, (int)number));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Of((int)(long)args![0]!);

    /// <summary>Follows the contract of a shard.</summary>
    internal sealed class Shard(ShardGrains grains, int number) : ICandleGrain
    {
        private readonly List<CandleBatch> _taken = [];
        private CandlePosition _stored;
        private int _busy;

        /// <summary>What it has taken, in this order.</summary>
        public ImmutableArray<CandleBatch> Taken
        {
            get
            {
                lock (grains._gate)
                {
                    return [.. _taken];
                }
            }
        }

        public CandlePosition Last
        {
            get
            {
                lock (grains._gate)
                {
                    return _taken.Count == 0 ? default : _taken[^1].At;
                }
            }
        }

        public int Calls { get; private set; }

        /// <summary>Whether it was called while another call was in progress.</summary>
        public bool HasInterleaved { get; private set; }

        /// <summary>Its silo dies, and it begins with what is stored.</summary>
        public void Die()
        {
            lock (grains._gate)
            {
                _taken.RemoveAll(batch => batch.At > _stored);
            }
        }

        /// <summary>It takes a batch of another ticker.</summary>
        public void Take(CandleBatch batch)
        {
            lock (grains._gate)
            {
                _taken.Add(batch);
            }
        }

        public async Task<CandleReceipt> AppendAsync(ImmutableArray<CandleBatch> batches)
        {
            lock (grains._gate)
            {
                Calls++;
                HasInterleaved |= ++_busy > 1;
                grains.MostCalls = Math.Max(grains.MostCalls, ++grains._calls);
            }

            try
            {
                await grains.Before(number);
                lock (grains._gate)
                {
                    foreach (var batch in batches.Where(batch => batch.At > LastTaken))
                    {
                        if (batch.After > LastTaken)
                        {
                            break;
                        }

                        _taken.Add(batch);
                    }

                    _stored = grains.IsStoring ? LastTaken : _stored;
                    return new CandleReceipt(LastTaken, _stored);
                }
            }
            finally
            {
                lock (grains._gate)
                {
                    _busy--;
                    grains._calls--;
                }
            }
        }

        public Task<CandlePage> ReadAsync(CandleQuery query) => throw new NotSupportedException();

        public Task<CandleUpdate> WatchAsync(ImmutableArray<CandleSeries> series, CandlePosition after) => throw new NotSupportedException();

        public Task<bool> IsStoreAwayAsync() => throw new NotSupportedException();

        public Task<ImmutableArray<SymbolDay>> GetDaysAsync() => throw new NotSupportedException();

        private CandlePosition LastTaken => _taken.Count == 0 ? default : _taken[^1].At;
    }
}
