using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Coinbase;

/// <summary>One connection to the feed: connects, subscribes, and takes prices until it ends. Runs once.</summary>
internal sealed partial class CoinbaseSession(
    CoinbaseOptions options,
    LatestQuotes quotes,
    FeedSituation situation,
    FeedRecorder? recorder,
    TimeProvider time,
    ILogger<CoinbaseSession> logger) : IDisposable
{
    /// <summary>How far the exchange's clock may be ahead. A time beyond would keep every later price of its symbol out.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _products = new(options.Products, StringComparer.Ordinal);
    private readonly ClientWebSocket _socket = new();
    private bool _hasToldUnusable;
    private bool _hasToldError;

    /// <summary>Whether a price has come: only then was the connection worth something.</summary>
    public bool HasPrices { get; private set; }

    /// <summary>Runs until the connection ends.</summary>
    /// <returns>Why it ended, in words for the log. A broken connection throws.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var isConnected = false;
        try
        {
            await ConnectAsync(either.Token);
            isConnected = true;
            situation.Now = FeedSituation.Connected;
            LogConnected(options.Url, _products.Count);
            return await ReceiveAsync(patience, either.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return isConnected
                ? $"it was silent for {options.SilenceTimeout}"
                : $"it did not answer within {options.ConnectTimeout}";
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var subscribe = JsonSerializer.SerializeToUtf8Bytes(new Subscription([.. _products]), SubscriptionJson.Default.Subscription);
        await _socket.ConnectAsync(new Uri(options.Url), cancellationToken);
        await _socket.SendAsync(subscribe, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    private async Task<string> ReceiveAsync(CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        var receiver = new MessageReceiver(_socket, options.MaxMessageBytes);
        patience.CancelAfter(options.SilenceTimeout);
        while (true)
        {
            var received = await receiver.ReceiveAsync(cancellationToken);
            switch (received.Kind)
            {
                case ReceivedKind.Closed:
                    return $"the exchange closed it with {_socket.CloseStatus} '{_socket.CloseStatusDescription}'";
                case ReceivedKind.Text:
                    recorder?.Record(received.Bytes.Span);
                    Take(CoinbaseMessageParser.Parse(received.Bytes.Span), patience);
                    break;
                default:
                    TellUnusable(received.Kind.ToString());
                    break;
            }
        }
    }

    // Neither an error nor what cannot be read shows that the feed lives: a feed that sends nothing else counts as silent.
    private void Take(CoinbaseMessage message, CancellationTokenSource patience)
    {
        switch (message.Kind)
        {
            case CoinbaseMessageKind.Unreadable:
                TellUnusable(nameof(CoinbaseMessageKind.Unreadable));
                return;
            case CoinbaseMessageKind.Error:
                situation.Now = FeedSituation.Refusing;
                TellError(message.Error);
                return;
            case CoinbaseMessageKind.Ticker when message.Quote.Time > time.GetUtcNow() + MostAhead:
                TellUnusable("a price from the future");
                return;
            case CoinbaseMessageKind.Ticker when _products.Contains(message.Quote.Symbol):
                patience.CancelAfter(options.SilenceTimeout);
                HasPrices = true;
                quotes.Offer(message.Quote);
                return;
            default:
                patience.CancelAfter(options.SilenceTimeout);
                situation.Now = FeedSituation.Quiet;
                return;
        }
    }

    private void TellUnusable(string kind)
    {
        situation.Now = FeedSituation.Unusable;
        if (!_hasToldUnusable)
        {
            _hasToldUnusable = true;
            LogUnusable(kind);
        }
    }

    private void TellError(string? error)
    {
        if (!_hasToldError)
        {
            _hasToldError = true;
            LogError(error);
        }
    }

    [LoggerMessage(2010, LogLevel.Information, "Connected to {Url} and subscribed to {Products} products")]
    private partial void LogConnected(string url, int products);

    [LoggerMessage(2011, LogLevel.Warning, "The exchange sent a message that is passed over: {Kind}. More on this connection are not told")]
    private partial void LogUnusable(string kind);

    [LoggerMessage(2012, LogLevel.Warning, "The exchange says: {Error}. More errors on this connection are not told")]
    private partial void LogError(string? error);
}
