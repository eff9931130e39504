using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// A client of event streams on the platform's HTTP client. It reads only when a test asks for an event, so a test can make it slow. Each
/// wait has a timeout, which fails the test.
/// </summary>
internal sealed class EventStreamClient : IDisposable
{
    /// <summary>The path of streams.</summary>
    public const string Path = "/api/v1/stream";

    private readonly HttpClient _http;
    private readonly Stream _body;
    private readonly byte[] _buffer = new byte[4096];

    private EventStreamClient(HttpClient http, HttpResponseMessage response, Stream body)
    {
        _http = http;
        Response = response;
        _body = body;
    }

    public HttpResponseMessage Response { get; }

    public EventStreamParser Parser { get; } = new();

    /// <summary>How many bytes of the body have been read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Opens a stream; fails unless the answer is 200.</summary>
    /// <param name="address">The server.</param>
    /// <param name="token">The token, for the header; null for none.</param>
    /// <param name="query">The query.</param>
    /// <param name="lastId">The id of the last event; null for none.</param>
    /// <param name="version">The version of HTTP, and no other.</param>
    /// <param name="receiveBuffer">The kernel's buffer for what has not been read, in bytes.</param>
    public static async Task<EventStreamClient> OpenAsync(
        Uri address, string? token, string query = "", string? lastId = null, string version = "1.1", int? receiveBuffer = null)
    {
        var http = new HttpClient(Handler(receiveBuffer)) { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?{query}")
        {
            Version = System.Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WithinTimeoutAsync();
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Assert.Fail($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }

        return new EventStreamClient(http, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null if the stream has ended, which it does between events and in no other place.</summary>
    public async Task<StreamEvent?> ReceiveAsync()
    {
        StreamEvent? next;
        while ((next = Parser.Take()) is null)
        {
            if (!await ReadAsync())
            {
                Assert.True(Parser.IsBetweenEvents, "The stream has ended within an event.");
                return null;
            }
        }

        return next;
    }

    /// <summary>The next event of a name; others are skipped.</summary>
    public async Task<StreamEvent> ReceiveAsync(string name)
    {
        while (await ReceiveAsync() is { } next)
        {
            if (next.Name == name)
            {
                return next;
            }
        }

        throw new InvalidOperationException($"The stream has ended before any {name} came.");
    }

    /// <summary>The data of the next event of a name.</summary>
    public async Task<JsonElement> ReceiveJsonAsync(string name) => (await ReceiveAsync(name)).Json;

    /// <summary>Reads until the server has ended the stream, as whole as HTTP has it.</summary>
    /// <returns>The last event.</returns>
    public async Task<StreamEvent?> ReceiveLastAsync()
    {
        StreamEvent? last = null;
        while (await ReceiveAsync() is { } next)
        {
            last = next;
        }

        return last;
    }

    /// <summary>Waits for the next comment.</summary>
    public async Task ReceiveCommentAsync()
    {
        for (var before = Parser.Comments; Parser.Comments == before;)
        {
            Assert.True(await ReadAsync(), "The stream has ended.");
        }
    }

    public void Dispose()
    {
        Response.Dispose();
        _http.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var count = await _body.ReadAsync(_buffer).AsTask().WithinTimeoutAsync("something of the stream");
        BytesRead += count;
        Parser.Add(_buffer.AsSpan(0, count));
        return count > 0;
    }

    private static SocketsHttpHandler Handler(int? receiveBuffer) => new()
    {
        UseCookies = false,
        ResponseDrainTimeout = TimeSpan.Zero, // A stream has no end that could be waited for: who leaves it leaves its connection.
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null }, // On loopback, any certificate is accepted.
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (receiveBuffer is { } size)
            {
                socket.ReceiveBufferSize = size;
            }

            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
