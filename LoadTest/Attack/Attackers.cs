using System.Net;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>The means of an attack: the gateway, source addresses, a token and the time available.</summary>
internal sealed class Attackers(Uri gateway, string token, TimeSpan duration, double scale, TimeProvider time)
{
    /// <summary>The number of source addresses.</summary>
    public const int Addresses = 250;

    public Uri Gateway => gateway;

    /// <summary>A valid token, which some attacks use.</summary>
    public string Token => token;

    public TimeSpan Duration => duration;

    public TimeProvider Time => time;

    public Answers Answers { get; } = new();

    /// <summary>The source address of an attacker. Honest clients use others.</summary>
    public static IPAddress AddressOf(int number) => new([127, 0, 2, (byte)(1 + (number % Addresses))]);

    /// <summary>Scales a count of the full attack.</summary>
    public int Scaled(int whole) => Math.Max(1, (int)(whole * scale));

    /// <exception cref="System.Net.Sockets.SocketException">The gateway accepts no connection.</exception>
    public Task<RawConnection> ConnectAsync(int number, CancellationToken cancellationToken, int? receiveBuffer = null) =>
        RawConnection.ConnectAsync(gateway, AddressOf(number), cancellationToken, receiveBuffer);

    /// <summary>
    /// Executes an action many times, evenly over the duration, in several parallel lanes. Takes longer if the gateway is slow, but at most
    /// twice the duration.
    /// </summary>
    /// <param name="count">The number of times.</param>
    /// <param name="lanes">The number of parallel lanes.</param>
    /// <param name="act">The action, which receives its number and its lane.</param>
    /// <param name="cancellationToken">Cancels the attack.</param>
    public async Task SpreadAsync(int count, int lanes, Func<int, int, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(2 * duration, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var started = time.GetTimestamp();
        async Task RunLaneAsync(int lane)
        {
            for (var number = lane; number < count; number += lanes)
            {
                linked.Token.ThrowIfCancellationRequested();
                if ((duration * ((double)number / count)) - time.GetElapsedTime(started) is { TotalMilliseconds: > 1 } early)
                {
                    await Task.Delay(early, time, linked.Token);
                }

                await act(number, lane, linked.Token);
            }
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(() => RunLaneAsync(lane), linked.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time is up: what was not tried is missing from the answers.
        }
    }
}
