using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using Orleans.Storage;

namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// Takes the ticker's epoch and keeps its last prices in the store. Used only in the ticker's turns.
/// </summary>
internal sealed partial class TickerStateStore(IPersistentState<TickerState> state, string source, TimeProvider time, ILogger logger)
{
    private readonly Guid _life = Guid.NewGuid();
    private long _leastEpoch;
    private Task<bool> _saving = Task.FromResult(true);
    private bool _isStoreAway;

    /// <summary>The epoch of this activation; 0 before it is taken. It increases if gateways have seen a later one.</summary>
    public long Epoch { get; private set; }

    /// <summary>
    /// Takes the next epoch. The write is a compare-and-swap: of two tickers that start at once, one fails here and never publishes.
    /// The epoch is at least the time in milliseconds, so that epochs increase even if the store was lost and no old cursor fits by chance.
    /// </summary>
    /// <returns>The last prices of the previous activation; none if they came from another source.</returns>
    public async Task<IReadOnlyList<Quote>> BeginAsync(CancellationToken cancellationToken)
    {
        state.State.Epoch = Math.Max(state.State.Epoch + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        state.State.Life = _life;
        await state.WriteStateAsync(cancellationToken);
        Epoch = state.State.Epoch;
        return PriceOptions.AreSame(state.State.Source, source) ? [.. state.State.Quotes.Select(saved => saved.ToQuote())] : [];
    }

    /// <summary>
    /// Notes an epoch that a gateway has seen. If it is later than this one, the store was lost or the clock was ahead: the next save then
    /// takes an epoch after it. It is stored before it is used, so that a ticker that has been replaced ends instead.
    /// </summary>
    /// <returns>Whether it is later than all known epochs.</returns>
    public bool NoteSeen(long epoch)
    {
        var isLater = epoch >= Math.Max(Epoch + 1, _leastEpoch);
        _leastEpoch = isLater ? epoch + 1 : _leastEpoch;
        return isLater;
    }

    /// <summary>
    /// Stores the newest prices, which also shows whether this ticker has been replaced. A store that is out of reach is logged once, and the
    /// next call tries again. A call during another one only waits for that one.
    /// </summary>
    /// <returns>False if another ticker has started since: this one must end.</returns>
    public Task<bool> SaveAsync(QuoteBook book, CancellationToken cancellationToken)
    {
        if (_saving.IsCompleted)
        {
            _saving = WriteAsync(book, cancellationToken);
        }

        return _saving;
    }

    /// <summary>What one exchange says is known again as soon as its feed is.</summary>
    private static bool IsKept(Quote quote) => !SymbolNames.IsOfOneExchange(quote.Symbol);

    private async Task<bool> WriteAsync(QuoteBook book, CancellationToken cancellationToken)
    {
        var epoch = Math.Max(Epoch, _leastEpoch);
        (state.State.Epoch, state.State.Source, state.State.Life) = (epoch, source, _life);
        state.State.Quotes = [.. book.ToImmutable().Select(quote => quote.Quote).Where(IsKept).Select(SavedQuote.Of)];
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
            return await IsStillCurrentAsync(cancellationToken);
        }
        catch (Exception e)
        {
            // The ticker does not depend on this write.
            SetStoreAway(e);
            return true;
        }
    }

    /// <summary>
    /// Reads which activation wrote last. It may be this one, in a write whose answer was lost, or the store may have lost its data: the
    /// next save then continues from what is there.
    /// </summary>
    private async Task<bool> IsStillCurrentAsync(CancellationToken cancellationToken)
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
