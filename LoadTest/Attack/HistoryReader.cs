using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>One client of an attack on the history, with an address and a connection of its own. Not thread-safe.</summary>
internal sealed class HistoryReader : IDisposable
{
    private const int SmallBuffer = 4096;

    private readonly Attackers _attackers;
    private readonly ReadingHabit _habit;
    private readonly HttpClient _http;
    private HttpResponseMessage? _unread;
    private string? _next;

    public HistoryReader(Attackers attackers, int number, ReadingHabit habit)
    {
        (_attackers, _habit) = (attackers, habit);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = (_, stop) => ConnectAsync(number, stop),
            MaxResponseDrainSize = 0, // What is not read ends the connection.
            UseCookies = false,
            UseProxy = false,
        });
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", attackers.Token);
    }

    /// <summary>Asks for the page after the last one, or for a first one.</summary>
    public async Task<HttpStatusCode> AskForPageAsync(string first, CancellationToken cancellationToken)
    {
        var path = _next ?? first;
        _next = null;
        return await AskAsync(path, cancellationToken);
    }

    /// <summary>Asks for something.</summary>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<HttpStatusCode> AskAsync(string path, CancellationToken cancellationToken)
    {
        _unread?.Dispose();
        _unread = null;
        var response = await _http.GetAsync(new Uri(_attackers.Gateway, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (_habit == ReadingHabit.LeavesUnread)
        {
            _unread = response;
        }
        else
        {
            using (response)
            {
                await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
                await (_habit == ReadingHabit.ReadsAll ? body.CopyToAsync(Stream.Null, cancellationToken) : body.ReadExactlyAsync(new byte[1], cancellationToken).AsTask());
            }
        }

        _next = NextOf(response) ?? _next;
        return response.StatusCode;
    }

    public void Dispose()
    {
        _unread?.Dispose();
        _http.Dispose();
    }

    /// <summary>The address of the next page, from <c>Link: &lt;/api/v1/candles?…&gt;; rel="next"</c>.</summary>
    private static string? NextOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links) && links.FirstOrDefault() is ['<', .. var rest] && rest.IndexOf('>', StringComparison.Ordinal) is >= 0 and var end
            ? rest[..end]
            : null;

    private async ValueTask<Stream> ConnectAsync(int number, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            LingerState = _habit == ReadingHabit.ReadsAll ? new LingerOption(false, 0) : new LingerOption(true, 0), // Otherwise it is reset when it is closed.
            NoDelay = true,
        };
        try
        {
            if (_habit != ReadingHabit.ReadsAll)
            {
                socket.ReceiveBufferSize = SmallBuffer;
            }

            socket.Bind(new IPEndPoint(Attackers.AddressOf(number), 0));
            await socket.ConnectAsync(IPAddress.Loopback, _attackers.Gateway.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
