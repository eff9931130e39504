using System.Runtime.InteropServices;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>
/// The newest candles of a symbol in one interval. The last ones, which change, are in a list; older ones in packed blocks. Not thread-safe.
/// </summary>
/// <param name="capacity">How many candles it keeps at least, and at most two blocks more.</param>
/// <param name="completeSince">The open time from which on there are no candles that it is not told.</param>
/// <param name="missingAt">The position of the last batch that may have changed a candle before that.</param>
internal sealed class RecentCandles(int capacity, DateTimeOffset completeSince, CandlePosition missingAt)
{
    /// <summary>How many candles a block holds. A block is as much as has to be unpacked for a single candle.</summary>
    internal const int BlockSize = 32;

    private readonly List<CandleBlock> _blocks = [];
    private readonly List<Candle> _last = [];

    /// <summary>How many candles there are.</summary>
    public int Count => (_blocks.Count * BlockSize) + _last.Count;

    /// <summary>From this open time on, no candle is missing here.</summary>
    public DateTimeOffset CompleteSince { get; private set; } = completeSince;

    /// <summary>The position of the last batch that may have changed a candle that is not here.</summary>
    public CandlePosition MissingAt { get; private set; } = missingAt;

    /// <summary>Whether candles have been dropped, because there were too many.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>Whether candles that were changed after a position will soon be dropped.</summary>
    public bool IsFull(CandlePosition position) => Count >= capacity && _blocks.Count > 0 && _blocks[0].ChangedAt > position;

    /// <summary>The candle of an interval, if it is here.</summary>
    public Candle? Find(DateTimeOffset openTime)
    {
        var candles = IsInBlock(openTime) ? BlockFor(openTime) is >= 0 and var block ? _blocks[block].Unpack() : [] : _last;
        return IndexIn(candles, openTime) is >= 0 and var index ? candles[index] : null;
    }

    /// <summary>Enters a candle, or replaces it. One that is older than all that are kept is dropped.</summary>
    public void Set(in Candle candle)
    {
        if (candle.OpenTime < CompleteSince)
        {
            MissingAt = candle.ChangedAt > MissingAt ? candle.ChangedAt : MissingAt;
        }
        else if (IsInBlock(candle.OpenTime))
        {
            SetInBlock(candle);
        }
        else
        {
            Set(_last, candle);
            if (_last.Count >= 2 * BlockSize)
            {
                _blocks.Add(CandleBlock.Pack(_last[..BlockSize]));
                _last.RemoveRange(0, BlockSize);
                DropOldest();
            }
        }
    }

    /// <summary>The candles of a range of open times, in the order of time.</summary>
    public List<Candle> In(TimeRange range)
    {
        var candles = new List<Candle>();
        foreach (var block in _blocks)
        {
            if (block.Last >= range.From && block.First < range.To)
            {
                Add(candles, block.Unpack(), range);
            }
        }

        Add(candles, _last, range);
        return candles;
    }

    /// <summary>The candles that were changed after a position, in the order of time.</summary>
    public List<Candle> ChangedAfter(CandlePosition position)
    {
        var changed = new List<Candle>();
        foreach (var block in _blocks)
        {
            if (block.ChangedAt > position)
            {
                changed.AddRange(block.Unpack().Where(candle => candle.ChangedAt > position));
            }
        }

        changed.AddRange(_last.Where(candle => candle.ChangedAt > position));
        return changed;
    }

    private static void Set(List<Candle> candles, in Candle candle)
    {
        var index = IndexIn(candles, candle.OpenTime);
        if (index >= 0)
        {
            candles[index] = candle;
        }
        else
        {
            candles.Insert(~index, candle);
        }
    }

    /// <summary>Where a candle is; if it is not there, the complement of where it would be.</summary>
    private static int IndexIn(List<Candle> candles, DateTimeOffset openTime)
    {
        for (var index = candles.Count - 1; index >= 0; index--)
        {
            if (candles[index].OpenTime <= openTime)
            {
                return candles[index].OpenTime == openTime ? index : ~(index + 1);
            }
        }

        return ~0;
    }

    private bool IsInBlock(DateTimeOffset openTime) => _blocks.Count > 0 && openTime <= _blocks[^1].Last;

    /// <summary>The block that holds a candle, or that it would be in; -1 if it would be before all of them.</summary>
    private int BlockFor(DateTimeOffset openTime) => _blocks.FindLastIndex(block => block.First <= openTime);

    private void SetInBlock(in Candle candle)
    {
        var index = Math.Max(BlockFor(candle.OpenTime), 0);
        var candles = _blocks[index].Unpack();
        Set(candles, candle);
        for (; candles.Count > BlockSize; index++)
        {
            // One too many in this block is the first of the next one.
            var moved = candles[^1];
            candles.RemoveAt(candles.Count - 1);
            _blocks[index] = CandleBlock.Pack(candles);
            if (index + 1 == _blocks.Count)
            {
                _last.Insert(0, moved);
                return;
            }

            candles = _blocks[index + 1].Unpack();
            candles.Insert(0, moved);
        }

        _blocks[index] = CandleBlock.Pack(candles);
    }

    private void DropOldest()
    {
        while (Count - BlockSize >= capacity)
        {
            MissingAt = _blocks[0].ChangedAt > MissingAt ? _blocks[0].ChangedAt : MissingAt;
            _blocks.RemoveAt(0);
            HasDropped = true;
            CompleteSince = _blocks.Count > 0 ? _blocks[0].First : _last[0].OpenTime;
        }
    }

    private static void Add(List<Candle> candles, List<Candle> others, TimeRange range)
    {
        foreach (ref readonly var candle in CollectionsMarshal.AsSpan(others))
        {
            if (candle.OpenTime >= range.From && candle.OpenTime < range.To)
            {
                candles.Add(candle);
            }
        }
    }
}
