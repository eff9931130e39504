using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>How a session keeps its connection when silos die.</summary>
public sealed class ConnectionTests
{
    private static readonly MarketState Market = Ticks.State(7, 1, ("A", 1, 1), ("B", 1, 1), ("coinbase:A", 1, 1), ("kraken:A", 1, 1));

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedConnection _grain = new();
    private readonly Connection _connection;

    public ConnectionTests()
    {
        var owner = new ConnectionFactory(null!, new GatewayIdentity(_time), _time, NullLogger<ConnectionFactory>.Instance);
        _connection = new Connection(owner, "c", _grain, DemoActor.Instance, RequestMetadata.None);
    }

    [Fact]
    public async Task A_connection_that_does_not_know_its_client_is_joined_again_and_asked_again()
    {
        await _connection.JoinAsync(Market);
        _grain.Lose();

        await _connection.MessageAsync(new PingMessage(), Market).WithinTimeoutAsync();

        Assert.Equal("join message join message", _grain.Calls);
    }

    [Fact]
    public async Task It_goes_on_with_what_its_client_wants()
    {
        await _connection.JoinAsync(Market);
        _grain.View = new SessionView(["B"], TimeSpan.FromSeconds(1), 7, ["B", "C"]);
        await _connection.MessageAsync(new SubscribeMessage(["B", "C"], TimeSpan.FromSeconds(1)), Market);
        _grain.View = new SessionView(["B"], TimeSpan.Zero, 6); // An older version, overtaken on its way.
        await _connection.ReviewAsync(Market);
        _grain.Lose();

        await _connection.ReviewAsync(Market).WithinTimeoutAsync();

        var desired = _grain.Requests.Last().Desired!;
        Assert.Equal(["B", "C"], desired.Symbols!.Value);
        Assert.Equal((TimeSpan.FromSeconds(1), 7), (desired.Interval, desired.Version));
    }

    [Fact]
    public async Task It_goes_on_with_the_detail_and_the_status_that_its_client_asked_for_at_the_handshake()
    {
        var asked = new DesiredSubscription(null, TimeSpan.Zero, 0, DetailLevel.Full, WantsStatus: true);

        await _connection.JoinAsync(Market, asked);
        _grain.Lose();
        await _connection.MessageAsync(new PingMessage(), Market).WithinTimeoutAsync();

        Assert.Equal([asked, asked with { Version = 1 }], _grain.Requests.Select(request => request.Desired));
    }

    [Fact]
    public async Task Of_single_exchanges_it_names_only_the_symbols_that_its_client_wants_or_names()
    {
        await _connection.JoinAsync(Market);
        _grain.View = new SessionView(["coinbase:A"], TimeSpan.Zero, 2, ["coinbase:A"]);
        await _connection.MessageAsync(new SubscribeMessage(["coinbase:A", "okx:A"], null), Market);
        await _connection.MessageAsync(new UnsubscribeMessage(["kraken:A"]), Market);
        await _connection.ReviewAsync(Market);
        await _connection.RenewAsync(DemoActor.Instance, Market);
        await _connection.MessageAsync(new PingMessage(), Market);

        Assert.Equal(["A B", "A B coinbase:A", "A B coinbase:A kraken:A", "A B coinbase:A", "A B coinbase:A", ""], _grain.Markets);
    }

    [Fact]
    public async Task A_question_that_a_message_of_the_client_overtook_is_asked_again_with_what_the_client_named()
    {
        await _connection.JoinAsync(Market);
        _grain.View = new SessionView([], TimeSpan.Zero, 3, ["coinbase:A"]);

        await _connection.ReviewAsync(Market);

        Assert.Equal(["A B", "A B", "A B coinbase:A"], _grain.Markets);
    }

    [Fact]
    public async Task A_client_that_has_asked_for_nothing_goes_on_with_all()
    {
        await _connection.JoinAsync(Market);
        _grain.Lose();

        await _connection.ReviewAsync(Market).WithinTimeoutAsync();

        Assert.Equal(new DesiredSubscription(null, TimeSpan.Zero, 1), _grain.Requests.Last().Desired);
    }

    [Fact]
    public async Task One_that_is_out_of_reach_is_tried_for_a_while_and_then_given_up()
    {
        await _connection.JoinAsync(Market);
        _grain.Away = new SiloUnavailableException();
        var startedAt = _time.GetUtcNow();

        var asking = _connection.MessageAsync(new PingMessage(), Market);
        await PassAsync(asking);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => asking);
        Assert.InRange(_time.GetUtcNow() - startedAt, Connection.LongestAbsence, Connection.LongestAbsence * 2);
    }

    [Theory]
    [InlineData(typeof(SiloUnavailableException))]
    [InlineData(typeof(OrleansException))]
    [InlineData(typeof(AggregateException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task One_that_comes_back_in_time_answers_whatever_the_fault_was_wrapped_in(Type fault)
    {
        await _connection.JoinAsync(Market);
        _grain.Away = (Exception)Activator.CreateInstance(fault)!;
        _grain.Lose();
        var asking = _connection.MessageAsync(new PingMessage(), Market);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(asking.IsCompleted);

        _grain.Away = null;
        await PassAsync(asking);

        await asking;
    }

    [Fact]
    public async Task What_fails_for_another_reason_is_not_asked_again()
    {
        await _connection.JoinAsync(Market);
        _grain.Away = new ArgumentException("No.");

        await Assert.ThrowsAsync<ArgumentException>(() => _connection.MessageAsync(new PingMessage(), Market));

        Assert.Equal("join message", _grain.Calls);
    }

    [Fact]
    public async Task Several_that_find_it_lost_join_it_once()
    {
        await _connection.JoinAsync(Market);
        _grain.Lose();
        var joining = new TaskCompletionSource();
        _grain.Joining = joining.Task;

        Task[] asking = [_connection.MessageAsync(new PingMessage(), Market), _connection.ReviewAsync(Market), _connection.JoinAgainAsync()];
        joining.SetResult();
        await Task.WhenAll(asking).WithinTimeoutAsync();

        Assert.Equal("join message join review", string.Join(' ', _grain.Calls.Split(' ').Take(4)));
        Assert.Equal(2, _grain.Requests.Count);
    }

    [Fact]
    public async Task What_is_answered_while_it_joins_again_is_told_to_it_afterwards()
    {
        await _connection.JoinAsync(Market);
        var joining = new TaskCompletionSource();
        _grain.Joining = joining.Task;
        var again = _connection.JoinAgainAsync();
        _grain.View = new SessionView(["B"], TimeSpan.Zero, 7, ["B"]);
        await _connection.MessageAsync(new SubscribeMessage(["B"], null), Market).WithinTimeoutAsync();

        joining.SetResult();
        await again.WithinTimeoutAsync();

        Assert.Equal("join join message join", _grain.Calls);
        Assert.Equal(["B"], _grain.Requests.Last().Desired!.Symbols!.Value);
    }

    [Fact]
    public async Task A_join_that_is_under_way_does_not_follow_the_leave()
    {
        await _connection.JoinAsync(Market);
        var joining = new TaskCompletionSource();
        _grain.Joining = joining.Task;
        var again = _connection.JoinAgainAsync();

        var leaving = _connection.LeaveAsync();
        Assert.Equal("join join", _grain.Calls);
        joining.SetResult();
        await again;
        await leaving;

        Assert.Equal("join join leave", _grain.Calls);
        Assert.False(_grain.HasJoined);
    }

    [Fact]
    public async Task One_that_has_left_is_not_joined_again()
    {
        await _connection.JoinAsync(Market);
        await _connection.LeaveAsync();

        await _connection.JoinAgainAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _connection.MessageAsync(new PingMessage(), Market));

        Assert.Equal("join leave", _grain.Calls);
    }

    /// <summary>Advances the clock until a task has ended.</summary>
    private Task PassAsync(Task task) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return task.IsCompleted;
        },
        "the call has ended");
}
