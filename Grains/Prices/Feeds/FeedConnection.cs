using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using OrleansTicker.Common.WebSockets;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>One connection to the feed: connects, subscribes, and receives prices until it ends. Runs once.</summary>
internal sealed partial class FeedConnection(
    IExchange exchange,
    FeedOptions options,
    FeedState feed,
    FeedRecorder? recorder,
    TimeProvider time,
    ILogger<FeedConnection> logger) : IDisposable
{
    private const int MaxErrorLength = 200;

    private readonly ClientWebSocket _socket = new();
    private readonly HashSet<string> _priced = new(StringComparer.Ordinal);
    private bool _hasLoggedUnusable;
    private bool _hasLoggedError;
    private string? _error;

    /// <summary>Whether a price has come.</summary>
    public bool HasPrices => _priced.Count > 0;

    /// <summary>Runs until the connection ends.</summary>
    /// <returns>Why it ended, for the log. A broken connection throws.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.ConnectTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        var isConnected = false;
        try
        {
            var products = feed.Products.Begin();
            await _socket.ConnectAsync(new Uri(options.Url), linked.Token);
            await SubscribeAsync(products, linked.Token);
            isConnected = true;
            feed.Situation.Now = FeedSituation.Connected;
            LogConnected(options.Url, products.Count);
            return await ReceiveAsync(silence, linked.Token);
        }
        catch (Exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return isConnected
                ? $"it was silent for {options.SilenceTimeout}{AfterError}"
                : $"it did not answer within {options.ConnectTimeout}";
        }
    }

    public void Dispose() => _socket.Dispose();

    private string AfterError => _error is null ? "" : $", after the error '{_error}'";

    private string Closed => $"the exchange closed it with {_socket.CloseStatus} '{_socket.CloseStatusDescription}'{AfterError}";

    private Task SubscribeAsync(IReadOnlyList<string> products, CancellationToken cancellationToken) =>
        _socket.SendAsync(exchange.Subscribe(products), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private async Task<string> ReceiveAsync(CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        var messages = new MessageReader(_socket, options.MaxMessageBytes);
        silence.CancelAfter(options.SilenceTimeout);
        while (true)
        {
            var (kind, text) = await messages.ReadAsync(cancellationToken);
            switch (kind)
            {
                case ReceivedKind.Closed:
                    return Closed;
                case ReceivedKind.Text:
                    recorder?.Record(text.Span);
                    var message = exchange.Parse(text.Span);
                    if (message.Kind != FeedMessageKind.Error)
                    {
                        Handle(message, silence);
                    }
                    else if (!await TryLeaveOutRefusedAsync(message.Error!, silence, cancellationToken))
                    {
                        return "the exchange refuses every product";
                    }

                    break;
                default:
                    if (!await messages.TrySkipAsync(cancellationToken))
                    {
                        return Closed;
                    }

                    ReportUnusable(kind.ToString());
                    break;
            }
        }
    }

    // A message that cannot be read does not count as a sign of life: a feed that sends nothing else is silent.
    private void Handle(FeedMessage message, CancellationTokenSource silence)
    {
        if (message.Kind == FeedMessageKind.Unreadable)
        {
            ReportUnusable(nameof(FeedMessageKind.Unreadable));
            return;
        }

        silence.CancelAfter(options.SilenceTimeout);
        if (message.Quote is { } quote && feed.Products.Contains(quote.Symbol))
        {
            _priced.Add(quote.Symbol);
            feed.Clock.Observe(quote.Time, isNow: false);
            if (feed.Order.IsNew(quote.Symbol, message.Sequence, feed.Elapsed))
            {
                feed.Quotes.Offer(quote);
            }

            return;
        }

        feed.Situation.Now = FeedSituation.Quiet;
        if (message.Kind == FeedMessageKind.Heartbeat)
        {
            feed.Clock.Observe(message.Time, isNow: true);
        }
    }

    /// <summary>
    /// Subscribes again without the products that an error names, because an exchange may subscribe none if it refuses one. An error that
    /// names no product is logged and does not count as a sign of life.
    /// </summary>
    /// <returns>False if no product is left.</returns>
    private async Task<bool> TryLeaveOutRefusedAsync(string error, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        feed.Situation.Now = FeedSituation.Refusing;
        _error = error.Length <= MaxErrorLength ? error : error[..MaxErrorLength];
        var left = feed.Products.Refuse(error, _error, _priced);
        if (left is null)
        {
            ReportError(_error);
            return true;
        }

        if (left.Count == 0)
        {
            feed.Products.Reset();
            return false;
        }

        silence.CancelAfter(options.SilenceTimeout);
        await SubscribeAsync(left, cancellationToken);
        return true;
    }

    private void ReportUnusable(string kind)
    {
        feed.Situation.Now = FeedSituation.Unusable;
        if (!_hasLoggedUnusable)
        {
            _hasLoggedUnusable = true;
            LogUnusable(kind);
        }
    }

    private void ReportError(string error)
    {
        if (!_hasLoggedError && feed.LoggedError != error)
        {
            feed.LoggedError = error;
            LogError(error);
        }

        _hasLoggedError = true;
    }

    [LoggerMessage(2010, LogLevel.Information, "Connected to {Url} and asked for {Products} products")]
    private partial void LogConnected(string url, int products);

    [LoggerMessage(2011, LogLevel.Warning, "The exchange sent a message that is passed over: {Kind}. More on this connection are not told")]
    private partial void LogUnusable(string kind);

    [LoggerMessage(2012, LogLevel.Warning, "The exchange says: {Error}. More errors on this connection are not told")]
    private partial void LogError(string error);
}
