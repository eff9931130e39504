using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using Orleans.Storage;

namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// What outlives a life of the ticker: it takes the epoch and keeps the last prices in the store. For the ticker's turns alone.
/// </summary>
internal sealed partial class TickerStateStore(IPersistentState<TickerState> state, string source, TimeProvider time, ILogger logger)
{
    private readonly Guid _life = Guid.NewGuid();
    private long _leastEpoch;
    private Task<bool> _saving = Task.FromResult(true);
    private bool _isStoreAway;

    /// <summary>The epoch of this life; 0 before it is taken. It rises where gateways have seen a later one.</summary>
    public long Epoch { get; private set; }

    /// <summary>
    /// Begins a life. The write is a compare-and-swap: of two tickers that start at once, one fails here and never publishes.
    /// Starting from the clock keeps epochs growing also where the store was lost, so that no cursor of an earlier life fits by chance.
    /// </summary>
    /// <returns>The last prices of the life before; none where they are another source's.</returns>
    public async Task<IReadOnlyList<Quote>> BeginAsync(CancellationToken cancellationToken)
    {
        state.State.Epoch = Math.Max(state.State.Epoch + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        state.State.Life = _life;
        await state.WriteStateAsync(cancellationToken);
        Epoch = state.State.Epoch;
        return PriceOptions.AreSame(state.State.Source, source) ? [.. state.State.Quotes.Select(saved => saved.ToQuote())] : [];
    }

    /// <summary>
    /// Notes an epoch that a gateway has seen. Where it is later than this one, the store was lost or the clock was ahead before: the
    /// next save takes an epoch after it, in the store first, so that a ticker that has been succeeded ends there instead.
    /// </summary>
    /// <returns>Whether it is later than any that was known.</returns>
    public bool NoteSeen(long epoch)
    {
        var isLater = epoch >= Math.Max(Epoch + 1, _leastEpoch);
        _leastEpoch = isLater ? epoch + 1 : _leastEpoch;
        return isLater;
    }

    /// <summary>
    /// Writes the newest prices, and so finds out whether this ticker still is the one. A store that is out of reach is told once and survived: the next call
    /// tries again. A call while another still waits for the store does nothing but wait with it.
    /// </summary>
    /// <returns>False where another ticker has begun a life since: this one must end.</returns>
    public Task<bool> SaveAsync(QuoteBook book, CancellationToken cancellationToken)
    {
        if (_saving.IsCompleted)
        {
            _saving = WriteAsync(book, cancellationToken);
        }

        return _saving;
    }

    private async Task<bool> WriteAsync(QuoteBook book, CancellationToken cancellationToken)
    {
        var epoch = Math.Max(Epoch, _leastEpoch);
        (state.State.Epoch, state.State.Source, state.State.Life) = (epoch, source, _life);
        state.State.Quotes = [.. book.ToImmutable().Select(quote => SavedQuote.Of(quote.Quote))];
        try
        {
            await state.WriteStateAsync(cancellationToken);
            if (epoch != Epoch)
            {
                LogRaised(Epoch, epoch);
                Epoch = epoch;
            }

            SetStoreAway(null);
            return true;
        }
        catch (InconsistentStateException)
        {
            return await IsStillTheOneAsync(cancellationToken);
        }
        catch (Exception e)
        {
            // Whatever the provider throws: the ticker does not depend on this write.
            SetStoreAway(e);
            return true;
        }
    }

    /// <summary>
    /// Looks who has written. That may have been this ticker, in a write whose answer was lost; or the store has lost
    /// all it had. The next save then goes on from what is there.
    /// </summary>
    private async Task<bool> IsStillTheOneAsync(CancellationToken cancellationToken)
    {
        try
        {
            await state.ReadStateAsync(cancellationToken);
            return state.State.Life == _life || state.State.Epoch < Epoch;
        }
        catch (Exception e)
        {
            SetStoreAway(e);
            return true;
        }
    }

    private void SetStoreAway(Exception? fault)
    {
        var wasAway = _isStoreAway;
        _isStoreAway = fault is not null;
        if (fault is not null && !wasAway)
        {
            LogStoreAway(fault, Epoch);
        }
        else if (fault is null && wasAway)
        {
            LogStoreBack(Epoch);
        }
    }

    [LoggerMessage(1210, LogLevel.Warning, "The last prices of epoch {Epoch} cannot be saved; they flow on, and saving is tried on")]
    private partial void LogStoreAway(Exception fault, long epoch);

    [LoggerMessage(1212, LogLevel.Warning, "Gateways have seen a later epoch than {Epoch}: the store was lost, or the clock was set back. The ticker goes on as epoch {Later}")]
    private partial void LogRaised(long epoch, long later);

    [LoggerMessage(1211, LogLevel.Information, "The last prices of epoch {Epoch} are saved again")]
    private partial void LogStoreBack(long epoch);
}
