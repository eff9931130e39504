using System.Buffers;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>A web server on either transport, which counts its connections and buffers and keeps what it logs.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MeterListener _meters = new();
    private readonly CountingPool _memory;
    private readonly LogRecorder _log;
    private long _connections;

    private WebServer(WebApplication app, CountingPool memory, LogRecorder log)
    {
        (_app, _memory, _log) = (app, memory, log);
        var factory = app.Services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "kestrel.active_connections" && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _connections, change));
        _meters.Start();
    }

    /// <summary>The web server's count of its connections.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>How many buffers are in use.</summary>
    public int Buffers => _memory.Rented;

    /// <summary>The most buffers that were ever in use.</summary>
    public int MostBuffers => _memory.Most;

    /// <summary>Warnings and errors in the log.</summary>
    public IReadOnlyCollection<string> Problems => [.. _log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text)];

    public IReadOnlyList<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public int Port => BindingAddress.Parse(Addresses[0]).Port;

    public static async Task<WebServer> StartAsync(Transport transport, RequestDelegate handler, Action<KestrelServerOptions>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var memory = new CountingPool();
        var log = new LogRecorder();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            if (configure is null)
            {
                options.Listen(IPAddress.Loopback, 0);
            }
            else
            {
                configure(options);
            }
        });
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(memory);
        builder.Services.Configure<SocketTransportOptions>(options => options.MaxWriteBufferSize = 1);
        if (transport is Transport.Detachable)
        {
            builder.Services.AddDetachableConnections();
        }

        var app = builder.Build();
        app.Run(handler);
        var server = new WebServer(app, memory, log);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken).WithinTimeoutAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<Socket> ConnectAsync(int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        await socket.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();
        return socket;
    }

    /// <summary>Stops; requests may end by themselves until it is cancelled.</summary>
    public Task StopAsync(CancellationToken hurry = default) => _app.StopAsync(hurry).WithinTimeoutAsync();

    /// <summary>Waits until the web server has neither connections nor buffers, and has logged nothing bad.</summary>
    public async Task LetsGoAsync()
    {
        await Eventually.TrueAsync(() => Connections == 0, "the web server counts no connection");
        await Eventually.TrueAsync(() => Buffers == 0, "all buffers are given back");
        Assert.Empty(Problems);
    }

    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.Zero);
        await StopAsync(hurry.Token);
        await _app.DisposeAsync();
        _meters.Dispose();
    }

    private sealed class CountingPool : MemoryPool<byte>, IMemoryPoolFactory<byte>
    {
        private int _rented;
        private int _most;

        public int Rented => Volatile.Read(ref _rented);

        public int Most => Volatile.Read(ref _most);

        public override int MaxBufferSize => 4096;

        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            var rented = Interlocked.Increment(ref _rented);
            InterlockedMax(ref _most, rented);
            return new Buffer(this);
        }

        protected override void Dispose(bool disposing)
        {
        }

        private static void InterlockedMax(ref int most, int value)
        {
            for (var seen = Volatile.Read(ref most); seen < value;)
            {
                var before = Interlocked.CompareExchange(ref most, value, seen);
                seen = before == seen ? value : before;
            }
        }

        private sealed class Buffer(CountingPool pool) : IMemoryOwner<byte>
        {
            private int _isReturned;

            public Memory<byte> Memory { get; } = new byte[4096];

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isReturned, 1) == 0)
                {
                    Memory.Span.Fill(0xEE); // Who reads it now reads nonsense.
                    Interlocked.Decrement(ref pool._rented);
                }
            }
        }
    }
}
