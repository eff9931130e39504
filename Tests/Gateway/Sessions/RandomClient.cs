using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>A client that at random reads, reads slowly, pauses, changes its view, vanishes and comes back.</summary>
internal sealed class RandomClient(Uri address, string token, int seed) : IDisposable
{
    private static readonly string[] Views =
    [
        """{"type":"subscribe","symbols":["A","B"]}""",
        """{"type":"subscribe","symbols":["C"],"interval_ms":50}""",
        """{"type":"subscribe","interval_ms":0}""",
        """{"type":"unsubscribe","symbols":["A"]}""",
        """{"type":"subscribe","symbols":["*"]}""",
        """{"type":"subscribe","detail":"full","status":true}""",
        """{"type":"subscribe","detail":"price","status":false}""",
        """{"type":"ping"}""",
    ];

    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[64 << 10];
    private Socket? _socket;
    private int _length;

    public ModelClient Model { get; } = new();

    /// <summary>How often it has connected.</summary>
    public int Reconnects { get; private set; }

    /// <summary>Acts at random until the time is up.</summary>
    public async Task RunAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (TimeProvider.System.GetUtcNow() < until)
        {
            await ConnectAsync(cancellationToken);
            switch (_random.Next(10))
            {
                case 0:
                    await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(2000)), TimeProvider.System, cancellationToken);
                    break;
                case 1:
                    _socket!.LingerState = new LingerOption(true, 0);
                    Disconnect();
                    break;
                case 2:
                    await SendAsync(0x88, [0x03, 0xE8], cancellationToken);
                    break;
                case 3 or 4:
                    await SendAsync(0x81, Encoding.UTF8.GetBytes(Views[_random.Next(Views.Length)]), cancellationToken);
                    break;
                case 5:
                    await ReadForAsync(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100), cancellationToken);
                    break;
                default:
                    await ReadForAsync(TimeSpan.FromMilliseconds(_random.Next(500)), TimeSpan.Zero, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Stays connected for this long and reads, with all symbols in view.</summary>
    public async Task SettleAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetUtcNow() + time;
        while (until - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } left)
        {
            await ConnectAsync(cancellationToken);
            await SendAsync(0x81, Encoding.UTF8.GetBytes("""{"type":"subscribe","symbols":["*"],"interval_ms":0}"""), cancellationToken);
            await ReadForAsync(left, TimeSpan.Zero, cancellationToken);
        }
    }

    public void Dispose() => _socket?.Dispose();

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_socket is not null)
        {
            return;
        }

        var cursor = Model.Resume();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 8192 };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /ws/ticker?epoch={cursor.Epoch}&seq={cursor.Seq} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer {token}\r\n\r\n"), cancellationToken);
        var response = new StringBuilder();
        var one = new byte[1];
        while (!response.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await socket.ReceiveAsync(one, cancellationToken));
            response.Append((char)one[0]);
        }

        Assert.StartsWith("HTTP/1.1 101", response.ToString(), StringComparison.Ordinal);
        _socket = socket;
        Reconnects++;
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
        _length = 0;
    }

    private async Task SendAsync(byte first, byte[] payload, CancellationToken cancellationToken)
    {
        try
        {
            await _socket!.SendAsync(new[] { first, (byte)(0x80 | payload.Length), (byte)0, (byte)0, (byte)0, (byte)0 }.Concat(payload).ToArray(), cancellationToken);
        }
        catch (SocketException)
        {
            Disconnect(); // The server has closed.
        }
    }

    private async Task ReadForAsync(TimeSpan time, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(time);
        try
        {
            while (_socket is { } socket)
            {
                var most = pause > TimeSpan.Zero ? 1024 : _buffer.Length;
                var count = await socket.ReceiveAsync(_buffer.AsMemory(_length, Math.Min(most, _buffer.Length - _length)), stop.Token);
                _length += count;
                if (count == 0 || !await TakeAsync(cancellationToken))
                {
                    Disconnect();
                }
                else if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, TimeProvider.System, stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
        catch (SocketException)
        {
            Disconnect();
        }
    }

    /// <summary>Applies the complete frames that have arrived.</summary>
    /// <returns>False where the server has closed.</returns>
    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        var at = 0;
        while (_length - at >= 4)
        {
            var (header, length) = _buffer[at + 1] < 126 ? (2, (int)_buffer[at + 1]) : (4, BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(at + 2)));
            if (_length - at < header + length)
            {
                break;
            }

            var payload = _buffer[(at + header)..(at + header + length)];
            switch (_buffer[at])
            {
                case 0x81:
                    using (var message = JsonDocument.Parse(payload))
                    {
                        Model.Take(message.RootElement);
                    }

                    break;
                case 0x89:
                    await SendAsync(0x8A, payload, cancellationToken);
                    if (_socket is null)
                    {
                        return false;
                    }

                    break;
                case 0x88:
                    return false;
                default:
                    Assert.Fail($"A frame begins with {_buffer[at]:X2}.");
                    break;
            }

            at += header + length;
        }

        _buffer.AsSpan(at, _length - at).CopyTo(_buffer);
        _length -= at;
        return true;
    }
}
