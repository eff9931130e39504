using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Candles.Making;
using OrleansTicker.Grains.Candles.Sending;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Grains.Ticker;

/// <summary>The ticker's candles. No fault in them reaches its prices. Used only in the ticker's turns.</summary>
internal sealed partial class TickerCandles
{
    private readonly CandleSender _sender;
    private readonly CandleMaker _maker;
    private readonly ILogger _logger;
    private bool _isFaulty;

    public TickerCandles(IPriceSource source, IGrainFactory grains, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _sender = new CandleSender(grains, time, logger);
        _maker = new CandleMaker(source, _sender.Send, time, logger);
    }

    /// <summary>The latest epoch of candles that a shard has; 0 if none is known. If it is a later one, this ticker was succeeded, or the store lost.</summary>
    public long SeenEpoch => _sender.SeenEpoch;

    /// <inheritdoc cref="CandleMaker.TakeTurn"/>
    public void TakeTurn(List<Quote> changes, CandlePosition at, bool isOutage)
    {
        try
        {
            _maker.TakeTurn(changes, at, isOutage);
            _isFaulty = false;
        }
        catch (Exception e)
        {
            // Whatever it is, the next turn tries again. It is told once.
            if (!_isFaulty)
            {
                _isFaulty = true;
                LogFault(e);
            }
        }
    }

    /// <summary>Sends the last candles, and waits a moment until the shards have them.</summary>
    public async Task StopAsync(CandlePosition at, bool isOutage, CancellationToken cancellationToken)
    {
        try
        {
            _maker.MakeLast(at, isOutage);
        }
        catch (Exception e)
        {
            LogFault(e);
        }

        await _sender.StopAsync(cancellationToken);
    }

    [LoggerMessage(1027, LogLevel.Error, "Candles are not made as they should be; prices are not affected")]
    private partial void LogFault(Exception fault);
}
